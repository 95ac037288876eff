package io.skep.contracts.consensus;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.Leadership;
import io.skep.contracts.Await;
import io.skep.model.ErrorCode;
import io.skep.model.ErrorKind;
import io.skep.model.SkepException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a {@link io.skep.api.consensus.Consensus} must do with one member; each engine's test extends it, and
 * {@link ConsensusSwarmContract} for several members.
 */
public abstract class ConsensusContract {
    private static final List<String> ALONE = List.of("one");

    private Path root;
    private SwarmUnderTest swarm;

    /** Engines that never met, on a network of their own. */
    protected abstract SwarmUnderTest swarm();

    @BeforeEach
    final void start(@TempDir Path directory) {
        root = directory;
        swarm = swarm();
    }

    @AfterEach
    final void stop() {
        swarm.close();
    }

    private OpenMember open() {
        return OpenMember.open(swarm, root, "one", ALONE);
    }

    @Test
    void appliesCommandsInTheOrderOfSubmissionAndAnswersEach() {
        try (OpenMember one = open()) {
            List<String> commands =
                    IntStream.range(0, 1000).mapToObj(i -> "c" + i).collect(toList());
            List<CompletionStage<String>> answers = new ArrayList<>();
            commands.forEach(command -> answers.add(one.submit(command)));

            for (int i = 0; i < commands.size(); i++) {
                assertThat(Await.answer(answers.get(i))).isEqualTo((i + 1) + " c" + i);
            }
            assertThat(one.machine().commands()).isEqualTo(commands);
            assertThat(one.machine().indexes()).isSorted();
        }
    }

    @Test
    void takesTheLargestCommandAndRefusesALargerOne() {
        try (OpenMember one = open()) {
            byte[] largest = new byte[Group.MAX_COMMAND];
            Arrays.fill(largest, (byte) 'x');
            List<CompletionStage<byte[]>> answers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                answers.add(one.group().submit(largest));
            }

            answers.forEach(answer -> assertThat(Await.answer(answer)).hasSize(Group.MAX_COMMAND + 2));
            SkepException failure = Await.failure(one.group().submit(new byte[Group.MAX_COMMAND + 1]));
            assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        }
    }

    @Test
    void passesABarrierOnceEverythingBeforeItIsApplied() {
        try (OpenMember one = open()) {
            CompletionStage<String> before = one.submit("before");
            long index = Await.answer(one.group().barrier());

            assertThat(one.machine().commands()).containsExactly("before");
            assertThat(index).isGreaterThanOrEqualTo(one.machine().indexes().get(0));
            assertThat(Await.answer(before)).isEqualTo("1 before");
        }
    }

    @Test
    void keepsWhatWasAnsweredAcrossCloseAndOpen() {
        for (int round = 0; round < 3; round++) {
            try (OpenMember one = open()) {
                assertThat(one.write("round " + round)).isEqualTo((round + 1) + " round " + round);
            }
        }
        try (OpenMember one = open()) {
            Await.answer(one.group().barrier());
            assertThat(one.machine().commands()).containsExactly("round 0", "round 1", "round 2");
        }
    }

    @Test
    void replaysTheSnapshotInsteadOfTheLogItCovers() {
        try (OpenMember one = open()) {
            for (int i = 0; i < 50; i++) {
                Await.answer(one.submit("old " + i));
            }
            Await.answer(one.group().compact());
            Await.answer(one.group().compact());
            assertThat(one.write("new")).isEqualTo("51 new");
        }
        try (OpenMember one = open()) {
            Await.answer(one.group().barrier());
            assertThat(one.machine().commands()).hasSize(51).startsWith("old 0").endsWith("old 49", "new");
            assertThat(one.machine().calls()).isEqualTo(1);
            assertThat(one.write("newer")).isEqualTo("52 newer");
        }
    }

    @Test
    void keepsALargeStateInASnapshot() {
        int size = 20 * 1024 * 1024;
        try (OpenMember one = open()) {
            one.write("fill " + size);
            Await.answer(one.group().compact());
            one.write("after");
        }
        try (OpenMember one = open()) {
            Await.answer(one.group().barrier());
            assertThat(one.machine().holdsPattern(size)).isTrue();
            assertThat(one.machine().commands()).containsExactly("fill " + size, "after");
            assertThat(one.machine().calls()).isEqualTo(1);
        }
    }

    @Test
    void reportsThePresentLeadershipFirstAndThenEachChange() {
        Leadership first;
        try (OpenMember one = open()) {
            first = one.awaitLeadership(Leadership::local);
            List<Leadership> late = new ArrayList<>();
            one.group().onLeadership(late::add);
            Await.answer(one.group().barrier());

            assertThat(first.leader()).contains("one");
            assertThat(first.term()).isPositive();
            assertThat(one.group().leadership()).isEqualTo(first);
            assertThat(one.reports()).doesNotHaveDuplicates().endsWith(first);
            assertThat(late).containsExactly(first);
        }
        try (OpenMember one = open()) {
            assertThat(one.awaitLeadership(Leadership::local).term()).isGreaterThan(first.term());
        }
    }

    @Test
    void knowsItsOnlyMemberAndKeepsIt() {
        try (OpenMember one = open()) {
            one.awaitLeader();
            assertThat(one.group().members()).containsExactly("one");

            SkepException failure = Await.failure(one.group().remove("one"));

            assertThat(failure.code()).isEqualTo(ErrorCode.WRONG_STATE);
            Await.answer(one.group().remove("stranger"));
            Await.answer(one.group().add("one"));
            Await.answer(one.group().transfer("one"));
            assertThat(one.group().members()).containsExactly("one");
        }
    }

    @Test
    void refusesADirectoryOfAnotherSwarmOrMember() {
        open().close();

        refuses(new GroupConfig("another-swarm", "one", root.resolve("one"), ALONE));
        refuses(new GroupConfig(OpenMember.SWARM, "two", root.resolve("one"), List.of("two")));
        open().close();
    }

    private void refuses(GroupConfig foreign) {
        assertThatThrownBy(() -> swarm.engine(foreign.memberId()).open(foreign, new RecordingMachine()))
                .isInstanceOfSatisfying(SkepException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.CORRUPT);
                    assertThat(failure).hasMessageContaining(foreign.memberId()).hasMessageContaining(OpenMember.SWARM);
                });
    }

    @Test
    void answersThatItIsStoppedOnceClosed() {
        OpenMember one = open();
        one.write("kept");
        one.close();
        one.close();

        assertThat(Await.failure(one.submit("lost")).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(Await.failure(one.group().barrier()).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(Await.failure(one.group().compact()).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(Await.failure(one.group().add("two")).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(one.group().leadership().local()).isFalse();
    }

    /** Nothing half open is left behind, so that the next one opens the same directory. */
    @Test
    void closesWholeWhenWhoeverClosesItIsInterrupted() {
        open().close();
        for (int i = 0; i < 3; i++) {
            OpenMember one = open();
            Thread.currentThread().interrupt();
            one.close();
            assertThat(Thread.interrupted()).isTrue();
        }
        try (OpenMember one = open()) {
            Await.answer(one.submit("after"));
        }
    }

    @Test
    void answersEverythingThatWaitsWhenItCloses() {
        OpenMember one = open();
        List<CompletionStage<String>> answers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            answers.add(one.submit("c" + i));
        }
        one.close();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.toCompletableFuture()).isDone());
    }

    private RecordingMachine salvaged() {
        RecordingMachine machine = new RecordingMachine();
        swarm.engine("one").salvage(new GroupConfig(OpenMember.SWARM, "one", root.resolve("one"), ALONE), machine);
        return machine;
    }

    @Test
    void salvagesSnapshotAndLogAndChangesNothing() {
        try (OpenMember one = open()) {
            one.write("a");
            one.write("b");
        }
        assertThat(salvaged().commands()).containsExactly("a", "b");
        try (OpenMember one = open()) {
            one.write("c");
            Await.answer(one.group().compact());
        }
        assertThat(salvaged().commands()).containsExactly("a", "b", "c");
        try (OpenMember one = open()) {
            one.write("d");
        }
        assertThat(salvaged().commands()).containsExactly("a", "b", "c", "d");
        assertThat(salvaged().commands()).containsExactly("a", "b", "c", "d");
        try (OpenMember one = open()) {
            assertThat(one.write("e")).isEqualTo("5 e");
        }
    }

    @Test
    void salvagesALargeState() {
        int size = 20 * 1024 * 1024;
        try (OpenMember one = open()) {
            one.write("fill " + size);
            Await.answer(one.group().compact());
            for (int i = 0; i < 3000; i++) {
                one.submit("c" + i);
            }
            one.write("last");
        }
        RecordingMachine machine = salvaged();
        assertThat(machine.holdsPattern(size)).isTrue();
        assertThat(machine.commands()).hasSize(3002).endsWith("last");
    }

    @Test
    void salvagesNothingOfAnOpenMember() {
        try (OpenMember one = open()) {
            one.write("a");
            assertThatThrownBy(this::salvaged)
                    .isInstanceOfSatisfying(SkepException.class, failure -> assertThat(failure.code())
                            .isEqualTo(ErrorCode.IN_USE));
        }
    }
}
