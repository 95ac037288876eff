package io.skep.runtime.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.runtime.ContainerConfig;
import io.skep.contracts.runtime.ContainerConfigs;
import io.skep.model.ErrorCode;
import io.skep.model.Sensitive;
import io.skep.model.SkepException;
import io.skep.runtime.oci.spec.Bind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the secrets of containers are on the host, and that nothing of them remains. */
class MemoryFilesTest {
    @TempDir
    Path owner;

    private MemoryFiles files() {
        return new MemoryFiles(MemoryFiles.PLACES, owner);
    }

    @AfterEach
    void clean() {
        files().known().forEach(files()::delete);
    }

    private static ContainerConfig config(String id, String target) {
        Sensitive content = new Sensitive(Base64.getEncoder().encodeToString(new byte[] {1, 2, 3}));
        return new ContainerConfigs(id, "web:1")
                .files(new ContainerConfig.File(target, content, 7, 8, 0440))
                .build();
    }

    @Test
    void filesAreInMemoryAndForTheirOwnerOnly() throws IOException {
        List<Bind> binds = files().write(config("one", "/run/secrets/x"));
        assertThat(binds).singleElement().satisfies(bind -> {
            assertThat(bind.target()).isEqualTo("/run/secrets/x");
            assertThat(bind.readOnly()).isTrue();
        });
        Path source = binds.get(0).source();
        assertThat(Files.getFileStore(source).type()).isEqualTo("tmpfs");
        assertThat(Files.readAllBytes(source)).containsExactly(1, 2, 3);
        assertThat(Files.getAttribute(source, "unix:uid")).isEqualTo(7);
        assertThat(Files.getAttribute(source, "unix:gid")).isEqualTo(8);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(source)))
                .isEqualTo("r--r-----");
        for (Path above : List.of(
                source.resolve("..").normalize(), source.resolve("../..").normalize())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(above)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void nothingRemainsAndAnotherContainersFilesStay() {
        files().write(config("one", "/a"));
        files().write(config("two", "/a"));
        files().delete("one");
        files().delete("one");
        assertThat(files().known()).containsExactly("two");
    }

    @Test
    void whatAnAttemptThatWasCutShortLeftIsReplaced() {
        files().write(config("one", "/a"));
        assertThat(files().write(config("one", "/a"))).hasSize(1);
    }

    @Test
    void aContainerWithoutFilesNeedsNoMemory() {
        MemoryFiles none = new MemoryFiles(List.of(owner), owner);
        assertThat(none.write(new ContainerConfigs("one", "web:1").build())).isEmpty();
        assertThatThrownBy(() -> none.write(config("one", "/a")))
                .isInstanceOfSatisfying(SkepException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.NOT_INSTALLED);
                    assertThat(failure).hasMessageContaining("tmpfs");
                });
    }

    @Test
    void aRelativePathIsRefused() {
        assertThatThrownBy(() -> files().write(config("one", "a")))
                .isInstanceOfSatisfying(SkepException.class, failure -> assertThat(failure.code())
                        .isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
}
