package io.skep.consensus.atomix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.contracts.Await;
import io.skep.contracts.consensus.CountingMachine;
import io.skep.contracts.consensus.SmallDisk;
import io.skep.model.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One member's full disk neither stops the others nor makes them count on it. */
final class FullDiskSwarmTest {
    private static final List<String> THREE = List.of("a", "b", "c");
    private static final int DISK_MEGABYTES = 32;

    private final AtomixSwarm swarm = new AtomixSwarm();
    private final SmallDisk disk;
    private final Member a;
    private final Member b;
    private final Member c;

    private record Member(Group group, CountingMachine machine) {
        CompletionStage<byte[]> submit(String command) {
            return group.submit((command + "-".repeat(40_000)).getBytes(UTF_8));
        }
    }

    FullDiskSwarmTest(@TempDir Path root) throws IOException {
        disk = SmallDisk.mount(root.resolve("disk"), DISK_MEGABYTES);
        a = open("a", root.resolve("a"));
        b = open("b", disk.directory());
        c = open("c", root.resolve("c"));
        Await.answer(a.submit("first"));
    }

    private Member open(String id, Path directory) {
        CountingMachine machine = new CountingMachine();
        return new Member(swarm.engine(id).open(new GroupConfig("full", id, directory, THREE), machine), machine);
    }

    @AfterEach
    void close() throws IOException {
        List.of(a, b, c).forEach(member -> member.group().close());
        swarm.close();
        disk.close();
    }

    @Test
    void aFollowerAcknowledgesNothingOfWhichItHasAPart() throws IOException {
        Await.answer(a.group().transfer("a"));
        swarm.cut("c");
        disk.fill(0);
        assertThat(Await.failure(a.submit("second")).code()).isIn(ErrorCode.TIMED_OUT, ErrorCode.NO_LEADER);

        disk.free();
        Await.answer(a.submit("third"));
        swarm.heal();
        swarm.cut("a");
        Await.answer(b.group().barrier());
        assertThat(b.machine().commands()).anyMatch(command -> command.startsWith("third"));
    }

    @Test
    void anotherMemberLeadsWhileTheLeaderHasNoRoom() throws IOException {
        Await.answer(b.group().transfer("b"));
        disk.fill(0);
        Await.answer(a.submit("second"));

        disk.free();
        Await.answer(b.group().barrier());
        assertThat(b.machine().commands()).anyMatch(command -> command.startsWith("second"));
    }
}
