package io.skep.consensus.ratis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.Leadership;
import io.skep.api.consensus.StateMachine;
import io.skep.contracts.Await;
import io.skep.contracts.consensus.CountingMachine;
import io.skep.contracts.consensus.GatedMachine;
import io.skep.contracts.consensus.SmallDisk;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk loses nothing that was answered, and a member goes on by itself once there is room. */
final class DiskFullTest {
    private static final int MEGABYTE = 1024 * 1024;
    private static final List<String> THREE = List.of("a", "b", "c");
    private static final int WAITING = 60;
    private static final String PADDING = "-".repeat(40_000);

    private final Path root;
    private final SmallDisk disk;

    DiskFullTest(@TempDir Path root) throws IOException {
        this.root = root;
        this.disk = SmallDisk.mount(root.resolve("disk"), 48);
    }

    @AfterEach
    void close() throws IOException {
        disk.close();
    }

    private Path directory(String member) {
        return member.equals("a") ? disk.directory() : root.resolve(member);
    }

    private static CompletableFuture<Leadership> next(Group group, Predicate<Leadership> wanted) {
        CompletableFuture<Leadership> seen = new CompletableFuture<>();
        group.onLeadership(leadership -> {
            if (wanted.test(leadership)) {
                seen.complete(leadership);
            }
        });
        return seen;
    }

    private static CompletionStage<byte[]> submit(Group group, String command) {
        return group.submit(command.getBytes(UTF_8));
    }

    /** Remembers in order what was applied. */
    private static final class Journal implements StateMachine {
        private volatile List<String> commands = List.of();

        @Override
        public byte[] apply(long index, byte[] command) {
            List<String> next = new ArrayList<>(commands);
            next.add(new String(command, UTF_8));
            commands = next;
            return command;
        }

        @Override
        public void save(OutputStream out) throws IOException {
            out.write(String.join("\n", commands).getBytes(UTF_8));
        }

        @Override
        public void load(InputStream in) throws IOException {
            commands = List.of(new String(in.readAllBytes(), UTF_8).split("\n", -1));
        }
    }

    private Group open(RatisSwarm swarm, StateMachine machine) {
        return swarm.engine("a").open(new GroupConfig("full", "a", directory("a"), List.of("a")), machine);
    }

    @Test
    void aLoneMemberRefusesWhatWaitsWhenItsDiskFillsUpAndGoesOn() throws Exception {
        GatedMachine machine = new GatedMachine();
        List<String> answered = new ArrayList<>();
        try (RatisSwarm swarm = new RatisSwarm();
                Group group = open(swarm, machine)) {
            CompletionStage<byte[]> gate = submit(group, GatedMachine.GATE);
            machine.reached().join();
            Map<String, CompletionStage<byte[]>> waiting = new TreeMap<>();
            for (int i = 0; i < WAITING; i++) {
                waiting.put(i + PADDING, submit(group, i + PADDING));
            }
            disk.fill(0);
            machine.open();
            Await.answer(gate);
            waiting.forEach((command, answer) -> {
                try {
                    Await.answer(answer);
                    answered.add(command);
                } catch (SkepException refused) {
                    assertThat(refused.code()).isEqualTo(ErrorCode.EXHAUSTED);
                }
            });
            assertThat(answered).hasSizeLessThan(WAITING);
            disk.free();
            Await.answer(submit(group, "last"));
            answered.add("last");
        }
        assertThat(machine.commands()).containsAll(answered);
        assertThat(replayed()).isEqualTo(machine.commands());
    }

    private Set<String> replayed() {
        CountingMachine machine = new CountingMachine();
        try (RatisSwarm swarm = new RatisSwarm();
                Group group = open(swarm, machine)) {
            Await.answer(group.barrier());
        }
        return machine.commands();
    }

    @Test
    void opensOnceThereIsRoom() throws Exception {
        try (RatisSwarm swarm = new RatisSwarm();
                Group group = open(swarm, new CountingMachine())) {
            Await.answer(submit(group, "before"));
        }
        disk.fill(0);
        try (RatisSwarm swarm = new RatisSwarm();
                Group group = open(swarm, new CountingMachine())) {
            assertThat(Await.failure(group.barrier()).code()).isEqualTo(ErrorCode.EXHAUSTED);
            disk.free();
            Await.answer(next(group, Leadership::local));
            Await.answer(submit(group, "after"));
        }
        assertThat(replayed()).containsExactly("after", "before");
    }

    @Test
    void keepsItsLogWhenThereIsNoRoomForASnapshotAndTriesSeldom() throws Exception {
        GatedMachine machine = new GatedMachine();
        machine.open();
        try (RatisSwarm swarm = new RatisSwarm();
                Group group = open(swarm, machine)) {
            for (int i = 0; i < 400; i++) {
                Await.answer(submit(group, i + PADDING));
            }
            disk.fill(13 << 20);
            assertThat(Await.failure(group.compact())).hasMessageContaining("No space left on device");
            int saves = machine.saves();
            for (int i = 400; i < 410; i++) {
                Await.answer(submit(group, i + PADDING));
            }
            assertThat(machine.saves()).isEqualTo(saves);
            disk.free();
            Await.answer(group.compact());
        }
        assertThat(replayed()).hasSize(410);
    }

    @Test
    void aLoneMemberRefusesCommandsWhileItsDiskIsFull() throws Exception {
        try (RatisSwarm swarm = new RatisSwarm();
                Group group = open(swarm, new Journal())) {
            Await.answer(submit(group, "first"));
            disk.fill(MEGABYTE);

            assertThat(Await.failure(submit(group, "refused")).code()).isEqualTo(ErrorCode.EXHAUSTED);
            Await.answer(group.barrier());
            disk.free();

            Await.answer(submit(group, "second"));
        }
    }

    /** One member of three. */
    private record Opened(Group group, Journal journal) {}

    private List<Opened> openThree(RatisSwarm swarm) {
        List<Opened> opened = new ArrayList<>();
        for (String id : THREE) {
            Journal journal = new Journal();
            opened.add(new Opened(
                    swarm.engine(id).open(new GroupConfig("full", id, directory(id), THREE), journal), journal));
        }
        opened.forEach(member -> Await.answer(
                next(member.group(), leadership -> leadership.leader().isPresent())));
        return opened;
    }

    @Test
    void aFollowerPausesWhenItsLogCannotGrowAndCatchesUpWhenItCan() throws Exception {
        try (RatisSwarm swarm = new RatisSwarm()) {
            List<Opened> members = openThree(swarm);
            Group a = members.get(0).group();
            Group b = members.get(1).group();
            Await.answer(b.transfer("b"));
            Await.answer(submit(b, "before"));
            Await.answer(a.barrier());
            disk.fill(0);
            CompletableFuture<Leadership> paused =
                    next(a, leadership -> leadership.leader().isEmpty());

            for (int i = 0; i < 100; i++) {
                Await.answer(submit(b, i + "x".repeat(60_000)));
            }
            Await.answer(paused);
            disk.free();

            Await.answer(a.barrier());
            Await.answer(submit(a, "after"));
            members.forEach(member -> Await.answer(member.group().barrier()));
            assertThat(members.get(0).journal().commands)
                    .hasSize(102)
                    .isEqualTo(members.get(1).journal().commands);
        }
    }

    @Test
    void anotherMemberLeadsWhenTheLeadersDiskIsFull() throws Exception {
        try (RatisSwarm swarm = new RatisSwarm()) {
            List<Opened> members = openThree(swarm);
            Group a = members.get(0).group();
            Group b = members.get(1).group();
            Await.answer(b.transfer("a"));
            Await.answer(submit(b, "while a leads"));
            disk.fill(MEGABYTE);

            Await.answer(submit(b, "while a is full"));

            assertThat(b.leadership().leader()).isPresent().get().isNotEqualTo("a");
            assertThat(Await.failure(submit(a, "refused")).code()).isEqualTo(ErrorCode.EXHAUSTED);
            disk.free();
            Await.answer(submit(a, "again"));
        }
    }
}
