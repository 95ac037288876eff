package io.skep.consensus.atomix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.skep.api.consensus.Group;
import io.skep.contracts.Await;
import io.skep.contracts.consensus.CountingMachine;
import io.skep.contracts.consensus.KilledMember;
import io.skep.contracts.consensus.ThinDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When a force fails nothing more is answered, and what is answered after the next start is on the disk itself, though the
 * kernel shows as written what it never was.
 */
final class FailedForceTest {
    private static final int ENOUGH = 10;
    /** So much that a command that is lost leaves whole pages behind that no later one writes again. */
    private static final String PADDING = "-".repeat(16 * 1024);

    private final Path root;

    FailedForceTest(@TempDir Path root) {
        this.root = root;
    }

    @Test
    void answersNothingThatTheDiskDidNotTake() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/loop-control")), "needs loop devices");
        try (ThinDisk disk = ThinDisk.mount(root)) {
            List<String> answered = new ArrayList<>(write(disk, "before", ENOUGH));
            disk.withdraw(disk.directory().resolve("raft-1.log"), 2 * ENOUGH * (long) PADDING.length());
            answered.addAll(write(disk, "while", Integer.MAX_VALUE));
            disk.giveBack();
            List<String> after = write(disk, "after", ENOUGH);
            assertThat(after).isNotEmpty();
            answered.addAll(after);

            disk.forget();
            CountingMachine machine = new CountingMachine();
            try (AtomixSwarm swarm = new AtomixSwarm();
                    Group group = swarm.engine("one").open(KilledMember.config(disk.directory()), machine)) {
                Await.answer(group.barrier());
            }
            assertThat(machine.commands()).containsAll(answered);
        }
    }

    private static List<String> write(ThinDisk disk, String prefix, int enough)
            throws IOException, InterruptedException {
        return KilledMember.write(new AtomixSwarm(), disk.directory(), prefix + PADDING, enough);
    }
}
