package io.skep.runtime.oci;

import static io.skep.contracts.runtime.RuntimeBench.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.model.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No link of an image leads out of its root file system. */
class RootedPathTest {
    @TempDir
    Path rootfs = Path.of("");

    @BeforeEach
    void links() throws IOException {
        Files.createDirectories(rootfs.resolve("usr/share/data"));
        Files.createSymbolicLink(rootfs.resolve("data"), Path.of("/usr/share/data"));
        Files.createSymbolicLink(rootfs.resolve("usr/up"), Path.of("../../../../etc"));
        Files.createSymbolicLink(rootfs.resolve("usr/share/sibling"), Path.of("data/file"));
        Files.createSymbolicLink(rootfs.resolve("loop"), Path.of("loop"));
    }

    @Test
    void staysInside() {
        assertThat(RootedPath.resolve(rootfs, "/usr/share")).isEqualTo(rootfs.resolve("usr/share"));
        assertThat(RootedPath.resolve(rootfs, "/data/x")).isEqualTo(rootfs.resolve("usr/share/data/x"));
        assertThat(RootedPath.resolve(rootfs, "/usr/up/passwd")).isEqualTo(rootfs.resolve("etc/passwd"));
        assertThat(RootedPath.resolve(rootfs, "/usr/share/sibling")).isEqualTo(rootfs.resolve("usr/share/data/file"));
        assertThat(RootedPath.resolve(rootfs, "/../../x/./y/..")).isEqualTo(rootfs.resolve("x"));
    }

    @Test
    void refusesALoop() {
        assertFails(ErrorCode.INVALID_ARGUMENT, () -> RootedPath.resolve(rootfs, "/loop/x"));
    }
}
