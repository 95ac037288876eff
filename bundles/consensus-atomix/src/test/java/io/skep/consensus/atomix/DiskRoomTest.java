package io.skep.consensus.atomix;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(DiskRoom.scarce(directory)).isFalse();
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", directory.toString());
        try {
            assertThat(DiskRoom.scarce(directory)).isTrue();
            assertThat(DiskRoom.failure(directory).code()).isEqualTo(ErrorCode.EXHAUSTED);
            assertThat(DiskRoom.failure(directory)).hasMessageContaining(directory.toString());
        } finally {
            run("umount", directory.toString());
        }
    }

    @Test
    void aDirectoryThatIsNotThereYetIsNot() {
        assertThat(DiskRoom.scarce(directory.resolve("none"))).isFalse();
    }
}
