package io.skep.consensus.atomix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atomix.protocols.raft.storage.RaftStorage;
import io.skep.api.consensus.Consensus;
import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.transport.Transport;
import io.skep.consensus.support.DirectoryMark;
import io.skep.consensus.support.DiskRoom;
import io.skep.contracts.Await;
import io.skep.contracts.consensus.GatedMachine;
import io.skep.contracts.consensus.SmallDisk;
import io.skep.contracts.transport.SimulatedNetwork;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lone member whose disk is full refuses commands, forgets nothing that it answered, and goes on once there is room. */
final class FullDiskTest {
    private static final Timings TIMINGS = timings(Duration.ofSeconds(30));
    private static final int DISK_MEGABYTES = 48;
    private static final long RESERVE_AND_A_LITTLE = 13 << 20;
    private static final int PAGE = 4096;
    private static final int WAITING = 60;
    private static final String PADDING = "-".repeat(40_000);

    private final Path root;

    FullDiskTest(@TempDir Path root) {
        this.root = root;
    }

    private static Timings timings(Duration session) {
        return new Timings(
                Duration.ofMillis(100), Duration.ofMillis(650), Duration.ofSeconds(5), session, Duration.ofSeconds(60));
    }

    private static Consensus engine(Timings timings) {
        return new AtomixConsensus(new SimulatedNetwork().manager("one"), timings, AtomixSwarm.SEGMENT);
    }

    @Test
    void takesBackAnEntryOfWhichThereWasRoomForAPart() throws IOException {
        goesOnAfterItsDiskHadLeft(0);
    }

    @Test
    void waitsForRoomForAnotherFileOfTheLog() throws IOException {
        goesOnAfterItsDiskHadLeft(2 << 20);
    }

    private void goesOnAfterItsDiskHadLeft(long bytes) throws IOException {
        Consensus engine = engine(timings(Duration.ofSeconds(3))); // so that its session is forgotten meanwhile
        try (SmallDisk disk = SmallDisk.mount(root.resolve("disk"), DISK_MEGABYTES)) {
            GatedMachine machine = new GatedMachine();
            Set<String> answered;
            try (Group group = open(engine, disk, machine)) {
                Map<String, CompletionStage<byte[]>> waiting = submitBehindTheGate(group, machine);
                disk.fill(bytes);
                machine.open();
                answered = answered(waiting);
                assertThat(answered).hasSizeLessThan(WAITING);
                disk.free();
                Await.answer(submit(group, "last"));
                answered.add("last" + PADDING);
            }
            assertThat(machine.commands()).containsAll(answered);
            assertThat(replayed(disk)).containsAll(machine.commands());
        }
    }

    private static Map<String, CompletionStage<byte[]>> submitBehindTheGate(Group group, GatedMachine machine) {
        Map<String, CompletionStage<byte[]>> waiting = new TreeMap<>();
        waiting.put("gate", group.submit(GatedMachine.GATE.getBytes(UTF_8)));
        machine.reached().join();
        for (int i = 0; i < WAITING; i++) {
            waiting.put(i + PADDING, submit(group, String.valueOf(i)));
        }
        return waiting;
    }

    /** The commands that are answered; the others must be refused for the disk. */
    private static Set<String> answered(Map<String, CompletionStage<byte[]>> waiting) {
        Set<String> answered = new TreeSet<>();
        waiting.forEach((command, answer) -> {
            try {
                Await.answer(answer);
                answered.add(command);
            } catch (SkepException refused) {
                assertThat(refused.code()).as(refused.getMessage()).isEqualTo(ErrorCode.EXHAUSTED);
            }
        });
        return answered;
    }

    @Test
    void opensOnceThereIsRoom() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(root.resolve("disk"), DISK_MEGABYTES)) {
            write(disk, "before");
            disk.fill(0);
            refusesThenGoesOn(engine(TIMINGS), disk);
        }
    }

    @Test
    void opensOnceThereIsRoomForRepairs() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(root.resolve("disk"), DISK_MEGABYTES)) {
            disk.fill(1 << 20);
            GroupConfig config = config(disk);
            AtomicInteger attempts = new AtomicInteger();
            Function<GroupConfig, RaftStorage> storage = known -> {
                if (attempts.incrementAndGet() == 1) {
                    throw new UncheckedIOException(new IOException("No space left on device"));
                }
                return new AtomixConsensus(new SimulatedNetwork().manager("one"), TIMINGS, AtomixSwarm.SEGMENT)
                        .storage(known);
            };
            DiskRoom room = new DiskRoom(disk.directory(), AtomixSwarm.SEGMENT);
            try (Group group = new AtomixGroup(
                    config,
                    new GatedMachine(),
                    new SimulatedNetwork().manager("one"),
                    TIMINGS,
                    storage,
                    room,
                    DirectoryMark.claim(AtomixConsensus.ENGINE, config),
                    () -> {})) {
                Await.answer(group.barrier());
            }
            assertThat(attempts).hasValue(2);
        }
    }

    @Test
    void leadsOnceThereIsRoom() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(root.resolve("disk"), DISK_MEGABYTES)) {
            leaveNoRoomInThePage(disk);
            Transport filling = new FillingTransport(new SimulatedNetwork().manager("one"), disk::fillUp);
            refusesThenGoesOn(new AtomixConsensus(filling, TIMINGS, AtomixSwarm.SEGMENT), disk);
        }
    }

    private void refusesThenGoesOn(Consensus engine, SmallDisk disk) throws IOException {
        try (Group group = open(engine, disk, new GatedMachine())) {
            assertThat(Await.failure(group.barrier()).code()).isEqualTo(ErrorCode.EXHAUSTED);
            assertThat(group.leadership().local()).isFalse();
            disk.free();
            awaitLeadership(group);
            Await.answer(submit(group, "after"));
        }
        assertThat(replayed(disk)).contains("before" + PADDING, "after" + PADDING);
    }

    private static void awaitLeadership(Group group) {
        CompletableFuture<Void> leads = new CompletableFuture<>();
        group.onLeadership(leadership -> {
            if (leadership.local()) {
                leads.complete(null);
            }
        });
        Await.answer(leads);
    }

    /** Writes until the page in which the log ends has no room for another entry. */
    private static void leaveNoRoomInThePage(SmallDisk disk) throws IOException {
        try (Group group = open(engine(TIMINGS), disk, new GatedMachine())) {
            Await.answer(submit(group, "before"));
            long first = logged(disk);
            Await.answer(submit(group, "before"));
            long second = logged(disk);
            long next = second + (second - first);
            Await.answer(submit(group, "before" + "x".repeat(Math.floorMod(PAGE - 6 - next, PAGE))));
        }
        assertThat(logged(disk) % PAGE).isBetween(PAGE - 12L, PAGE - 1L);
    }

    private static long logged(SmallDisk disk) throws IOException {
        byte[] log = Files.readAllBytes(disk.directory().resolve("raft-1.log"));
        int end = log.length;
        while (log[end - 1] == 0) {
            end--;
        }
        return end;
    }

    @Test
    void keepsItsLogWhenThereIsNoRoomForASnapshotAndTriesSeldom() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(root.resolve("disk"), DISK_MEGABYTES)) {
            GatedMachine machine = new GatedMachine();
            machine.open();
            try (Group group = open(engine(TIMINGS), disk, machine)) {
                writeMany(group, 0, 240);
                disk.fill(RESERVE_AND_A_LITTLE);
                CompletableFuture<Void> compacted = group.compact().toCompletableFuture();
                assertThatThrownBy(compacted::join).hasRootCauseMessage("No space left on device");
                int saves = machine.saves();
                writeMany(group, 240, 275);
                assertThat(machine.saves()).isEqualTo(saves);
                disk.free();
                Await.answer(group.compact());
            }
            assertThat(replayed(disk)).hasSize(275);
        }
    }

    private static void writeMany(Group group, int from, int to) {
        for (int i = from; i < to; i++) {
            Await.answer(submit(group, String.valueOf(i)));
        }
    }

    private static Group open(Consensus engine, SmallDisk disk, GatedMachine machine) {
        return engine.open(config(disk), machine);
    }

    private static GroupConfig config(SmallDisk disk) {
        return new GroupConfig("full", "one", disk.directory(), List.of("one"));
    }

    private static void write(SmallDisk disk, String command) {
        try (Group group = open(engine(TIMINGS), disk, new GatedMachine())) {
            Await.answer(submit(group, command));
        }
    }

    private static CompletionStage<byte[]> submit(Group group, String command) {
        return group.submit((command + PADDING).getBytes(UTF_8));
    }

    /** What is there once the log is read anew. */
    private static Set<String> replayed(SmallDisk disk) {
        GatedMachine machine = new GatedMachine();
        machine.open();
        try (Group group = open(engine(TIMINGS), disk, machine)) {
            Await.answer(group.barrier());
        }
        return machine.commands();
    }
}
