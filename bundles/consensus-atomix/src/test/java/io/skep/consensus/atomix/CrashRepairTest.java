package io.skep.consensus.atomix;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.contracts.Await;
import io.skep.contracts.consensus.CountingMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CrashRepairTest {
    private final Path root;

    CrashRepairTest(@TempDir Path root) {
        this.root = root;
    }

    private void use() {
        GroupConfig config = new GroupConfig("stop", "one", root.resolve("one"), List.of("one"));
        try (AtomixSwarm swarm = new AtomixSwarm();
                Group group = swarm.engine("one").open(config, new CountingMachine())) {
            Await.answer(group.submit("x".getBytes(UTF_8)));
            Await.answer(group.compact());
        }
    }

    @Test
    void startsAfterAKillBetweenTwoWrites() throws IOException {
        use();
        Files.write(root.resolve("one/.raft.lock"), new byte[0]);
        Files.write(root.resolve("one/raft-7.log"), new byte[AtomixSwarm.SEGMENT]);
        Files.write(root.resolve("one/raft-8.log"), new byte[0]);

        use();
    }
}
