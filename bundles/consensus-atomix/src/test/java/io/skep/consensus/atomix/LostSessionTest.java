package io.skep.consensus.atomix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.Leadership;
import io.skep.api.consensus.StateMachine;
import io.skep.contracts.Await;
import io.skep.contracts.transport.SimulatedNetwork;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member that was silent for longer than the session time-out, so that the group has forgotten its session. */
final class LostSessionTest {
    private static final List<String> THREE = List.of("a", "b", "c");
    private static final long SILENCE_SECONDS = 3;
    private static final Timings TIMINGS = new Timings(
            AtomixSwarm.TIMINGS.heartbeat(),
            AtomixSwarm.TIMINGS.election(),
            AtomixSwarm.TIMINGS.submit(),
            Duration.ofSeconds(1),
            AtomixSwarm.TIMINGS.catchUp());

    @TempDir
    private Path root;

    private final SimulatedNetwork network = new SimulatedNetwork();
    private final List<Member> members = new ArrayList<>();

    /**
     * One of the three.
     *
     * @param sessions how often it asked another one for a session
     */
    private record Member(String id, AtomixConsensus engine, Group group, Recorder machine, AtomicInteger sessions) {
        static Member open(SimulatedNetwork network, Path root, String id) {
            AtomicInteger sessions = new AtomicInteger();
            AskingTransport transport = new AskingTransport(network.manager(id), subject -> {
                if (subject.equals(Message.OPEN_SESSION.subject())) {
                    sessions.incrementAndGet();
                }
            });
            AtomixConsensus engine = new AtomixConsensus(transport, TIMINGS, AtomixSwarm.SEGMENT);
            Recorder machine = new Recorder();
            Group group = engine.open(new GroupConfig("swarm", id, root.resolve(id), THREE), machine);
            return new Member(id, engine, group, machine, sessions);
        }

        void awaitLeader() {
            CompletableFuture<Leadership> led = new CompletableFuture<>();
            group.onLeadership(leadership -> {
                if (leadership.leader().isPresent()) {
                    led.complete(leadership);
                }
            });
            Await.answer(led);
        }

        boolean leads() {
            return group.leadership().local();
        }

        CompletionStage<String> submit(String command) {
            return group.submit(command.getBytes(UTF_8)).thenApply(answer -> new String(answer, UTF_8));
        }
    }

    /** Keeps the commands in their order, and answers with their number. */
    private static final class Recorder implements StateMachine {
        private volatile List<String> commands = List.of();

        @Override
        public byte[] apply(long index, byte[] command) {
            List<String> next = new ArrayList<>(commands);
            next.add(new String(command, UTF_8));
            commands = next;
            return String.valueOf(next.size()).getBytes(UTF_8);
        }

        @Override
        public void save(OutputStream out) {
            throw new UnsupportedOperationException("the log stays short");
        }

        @Override
        public void load(InputStream in) {
            throw new UnsupportedOperationException("the log stays short");
        }
    }

    @BeforeEach
    void openThree() {
        THREE.forEach(id -> members.add(Member.open(network, root, id)));
        members.forEach(Member::awaitLeader);
    }

    @AfterEach
    void close() {
        members.forEach(member -> member.engine().deactivate());
    }

    private Member any(boolean leading) {
        return members.stream()
                .filter(member -> member.leads() == leading)
                .findFirst()
                .orElseThrow();
    }

    private static void beSilent() {
        Await.answer(CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(SILENCE_SECONDS, TimeUnit.SECONDS)));
    }

    @Test
    void commandsAreAnsweredAndAppliedOnceAfterTheSessionWasLost() {
        Member away = any(false);
        Member leader = any(true);
        List<String> expected = new ArrayList<>(List.of("before", "meanwhile", "while cut off"));
        assertThat(Await.answer(away.submit("before"))).isEqualTo("1");
        int sessions = away.sessions().get();

        network.cut(away.id());
        CompletionStage<String> cutOff = away.submit("while cut off");
        beSilent();
        assertThat(Await.answer(leader.submit("meanwhile"))).isEqualTo("2");
        network.heal();
        List<CompletionStage<String>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(away.submit("after " + i));
            expected.add("after " + i);
        }

        assertThat(Await.answer(cutOff)).isEqualTo("3");
        for (int i = 0; i < answers.size(); i++) {
            assertThat(Await.answer(answers.get(i))).isEqualTo(String.valueOf(4 + i));
        }
        assertThat(away.sessions()).as("the session was lost").hasValueGreaterThan(sessions);
        for (Member member : members) {
            Await.answer(member.group().barrier());
            assertThat(member.machine().commands).isEqualTo(expected);
        }
    }
}
