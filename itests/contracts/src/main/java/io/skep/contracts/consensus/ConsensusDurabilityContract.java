package io.skep.contracts.consensus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.contracts.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jdk.jfr.Event;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A command is answered only after a majority forced it to disk, of which the JVM's own record of forced files tells; and nothing
 * that was answered is lost when the process is killed.
 */
public abstract class ConsensusDurabilityContract {
    private static final List<String> THREE = List.of("a", "b", "c");
    private static final int COMMANDS = 50;
    private static final int ROUNDS = 3;
    private static final int WRITES_BEFORE_THE_KILL = 300;

    private Path root;

    /** Engines that never met; its class has a constructor without arguments. */
    protected abstract SwarmUnderTest swarm();

    /** True for the name of a file that holds a log. */
    protected abstract boolean isLog(String fileName);

    @BeforeEach
    final void start(@TempDir Path directory) {
        root = directory;
    }

    @Test
    void aLoneMemberForcesItsLogBeforeItAnswers() throws Exception {
        try (SwarmUnderTest swarm = swarm();
                Group group = open(swarm, "a", List.of("a"))) {
            assertThat(forcedDuringEach(group)).hasSize(COMMANDS).allSatisfy(members -> assertThat(members)
                    .containsExactly("a"));
        }
    }

    @Test
    void aMajorityForcesItsLogBeforeTheLeaderAnswers() throws Exception {
        List<Group> groups = new ArrayList<>();
        try (SwarmUnderTest swarm = swarm()) {
            THREE.forEach(id -> groups.add(open(swarm, id, THREE)));
            assertThat(forcedDuringEach(groups.get(0))).hasSize(COMMANDS).allSatisfy(members -> assertThat(members)
                    .hasSizeGreaterThanOrEqualTo(2));
        } finally {
            groups.forEach(Group::close);
        }
    }

    private Group open(SwarmUnderTest swarm, String id, List<String> initial) {
        return swarm.engine(id).open(new GroupConfig("durable", id, root.resolve(id), initial), new CountingMachine());
    }

    private static void submit(Group group, String command) {
        Await.answer(group.submit(command.getBytes(UTF_8)));
    }

    /** For each of some commands, the members whose log was forced, from begin to end, before the answer came. */
    private List<Set<String>> forcedDuringEach(Group group) throws IOException {
        Path file = root.resolve("forced.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withThreshold(Duration.ZERO).withoutStackTrace();
            recording.enable(Answered.class).withThreshold(Duration.ZERO);
            recording.start();
            submit(group, "warm up");
            for (int i = 0; i < COMMANDS; i++) {
                Answered answered = new Answered();
                answered.begin();
                submit(group, "command " + i);
                answered.commit();
            }
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(Answered.class.getName()))
                .map(answered -> membersForced(events, answered))
                .toList();
    }

    private Set<String> membersForced(List<RecordedEvent> events, RecordedEvent answered) {
        Set<String> members = new TreeSet<>();
        for (RecordedEvent event : events) {
            if (event.getEventType().getName().equals("jdk.FileForce")
                    && !event.getStartTime().isBefore(answered.getStartTime())
                    && !event.getEndTime().isAfter(answered.getEndTime())) {
                Path forced = Path.of(event.getString("path"));
                if (isLog(forced.getFileName().toString())) {
                    members.add(root.relativize(forced).getName(0).toString());
                }
            }
        }
        return members;
    }

    /** From the submission of a command to its answer, on the clock of the recording. */
    private static final class Answered extends Event {}

    @Test
    void keepsEveryAnsweredWriteOfAKilledProcess() throws Exception {
        List<String> answered = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            answered.addAll(KilledMember.write(swarm(), root.resolve("one"), "round" + round, WRITES_BEFORE_THE_KILL));
        }

        CountingMachine machine = new CountingMachine();
        try (SwarmUnderTest swarm = swarm();
                Group group = swarm.engine("one").open(KilledMember.config(root.resolve("one")), machine)) {
            Await.answer(group.barrier());
            assertThat(answered).hasSizeGreaterThanOrEqualTo(ROUNDS * (WRITES_BEFORE_THE_KILL - 1));
            assertThat(machine.commands()).containsAll(answered);
        }
    }
}
