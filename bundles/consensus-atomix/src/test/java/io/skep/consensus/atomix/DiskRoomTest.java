package io.skep.consensus.atomix;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.consensus.support.DiskRoom;
import io.skep.model.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk is seen before Atomix meets it. */
class DiskRoomTest {
    @TempDir
    Path directory;

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void aSmallDiskIsScarceAndNamed() throws IOException, InterruptedException {
        DiskRoom room = new DiskRoom(directory, AtomixSwarm.SEGMENT);
        assertThat(room.scarce()).isFalse();
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", directory.toString());
        try {
            assertThat(room.scarce()).isTrue();
            assertThat(room.refusal().code()).isEqualTo(ErrorCode.EXHAUSTED);
            assertThat(room.refusal()).hasMessageContaining(directory.toString());
        } finally {
            run("umount", directory.toString());
        }
    }

    @Test
    void aDirectoryThatIsNotThereYetIsNot() {
        assertThat(new DiskRoom(directory.resolve("none"), AtomixSwarm.SEGMENT).scarce())
                .isFalse();
    }
}
