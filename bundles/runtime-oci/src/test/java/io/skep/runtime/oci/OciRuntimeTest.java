package io.skep.runtime.oci;

import io.skep.contracts.runtime.ContainerRuntimeContract;
import io.skep.contracts.runtime.RuntimeBench;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept with runc. */
class OciRuntimeTest extends ContainerRuntimeContract {
    private static @Nullable OciLab lab;

    @BeforeAll
    static void openLab(@TempDir Path scratch) throws IOException {
        lab = OciLab.open(scratch);
    }

    @Override
    protected RuntimeBench open() {
        return Objects.requireNonNull(lab).bench("runc");
    }
}
