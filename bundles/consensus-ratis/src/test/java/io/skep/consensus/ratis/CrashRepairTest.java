package io.skep.consensus.ratis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.contracts.Await;
import io.skep.contracts.consensus.CountingMachine;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member opens again whatever moment it was killed in, or lost its power. */
final class CrashRepairTest {
    private static final int SECTOR = 512;

    private final GroupConfig config;

    CrashRepairTest(@TempDir Path root) {
        config = new GroupConfig("crash", "one", root.resolve("one"), List.of("one"));
    }

    /** Opens the member, writes something, and tells what it knows. */
    private CountingMachine write(String command, boolean compact) {
        CountingMachine machine = new CountingMachine();
        try (RatisSwarm swarm = new RatisSwarm();
                Group group = swarm.engine("one").open(config, machine)) {
            Await.answer(group.submit(command.getBytes(UTF_8)));
            if (compact) {
                Await.answer(group.compact());
            }
        }
        return machine;
    }

    private Path find(Predicate<Path> wanted) throws IOException {
        try (Stream<Path> all = Files.walk(config.directory())) {
            return all.filter(wanted).sorted().reduce((one, later) -> later).orElseThrow();
        }
    }

    private Path group() throws IOException {
        return find(path -> path.endsWith("current")).resolveSibling("");
    }

    @Test
    void findsTheSnapshotThatWasAboutToBeReplaced() throws IOException {
        write("old", true);
        Path group = group();
        Files.move(group.resolve("sm"), group.resolve("sm.tmp20261126"));
        Files.createDirectories(group.resolve("tmp/snapshot-half/sm"));
        Files.write(group.resolve("tmp/snapshot-half/sm/snapshot.1_9"), new byte[10]);

        assertThat(write("new", false).commands()).containsExactly("new", "old");
        assertThat(group.resolve("tmp/snapshot-half")).doesNotExist();
    }

    @Test
    void forgetsTheSnapshotThatWasReplaced() throws IOException {
        write("old", true);
        Path group = group();
        Files.createDirectories(group.resolve("sm.tmp20261126"));
        Files.write(group.resolve("sm.tmp20261126/snapshot.1_0"), new byte[10]);
        Files.write(group.resolve("sm/writing"), new byte[10]);
        Files.write(group.resolve("sm/snapshot.9_9.md5"), "half".getBytes(UTF_8));

        assertThat(write("new", true).commands()).containsExactly("new", "old");
        assertThat(group.resolve("sm.tmp20261126")).doesNotExist();
    }

    @Test
    void cutsOffATornEndOfTheLog() throws IOException {
        write("x".repeat(3000), false);
        Path log = find(path -> path.getFileName().toString().startsWith("log_"));
        long end = Files.size(log);
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.seek(end / SECTOR * SECTOR - SECTOR);
            file.write(new byte[SECTOR]);
            file.setLength(end + 4096);
        }

        assertThat(write("new", false).commands()).containsExactly("new");
    }

    @Test
    void restoresTheRecordsThatAFullDiskEmptied() throws IOException {
        write("old", true);
        Path current = group().resolve("current");
        for (String record : List.of("raft-meta", "raft-meta.conf")) {
            Files.delete(current.resolve(record)); // for the good one is the same file
            Files.write(current.resolve(record), new byte[record.length() % 2]);
        }

        assertThat(write("new", false).commands()).containsExactly("new", "old");
    }

    @Test
    void knowsOfATermThatOnlyTheLogTellsOf() throws IOException {
        write("old", false);
        write("older", false);
        Path vote = group().resolve("current/raft-meta");
        Files.delete(vote);
        Files.write(vote, new byte[0]);
        Files.writeString(vote.resolveSibling("raft-meta.good"), "term=1\nvotedFor=one\n");

        CrashRepair.repair(group());

        assertThat(Files.readAllLines(vote)).contains("term=2", "votedFor=");
    }

    @Test
    void refusesALogThatIsDamagedOtherwise() throws IOException {
        write("x".repeat(3000), false);
        Path log = find(path -> path.getFileName().toString().startsWith("log_"));
        byte[] bytes = Files.readAllBytes(log);
        bytes[1000] ^= 1;
        Files.write(log, bytes);

        try (RatisSwarm swarm = new RatisSwarm();
                Group group = swarm.engine("one").open(config, new CountingMachine())) {
            SkepException failure = Await.failure(group.submit("lost".getBytes(UTF_8)));
            assertThat(failure.code()).isEqualTo(ErrorCode.CORRUPT);
            assertThat(failure).hasMessageContaining("checksum");
        }
    }

    @Test
    void opensAFileOfTheLogThatWasOnlyBegun() throws IOException {
        write("old", false);
        Path log = find(path -> path.getFileName().toString().startsWith("log_"));
        Files.write(log.resolveSibling("log_inprogress_99"), new byte[0]);

        assertThat(write("new", false).commands()).containsExactly("new", "old");
    }
}
