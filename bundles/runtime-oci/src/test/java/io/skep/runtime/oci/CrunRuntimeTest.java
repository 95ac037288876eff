package io.skep.runtime.oci;

import io.skep.contracts.runtime.ContainerRuntimeContract;
import io.skep.contracts.runtime.RuntimeBench;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept with crun where it is installed. */
class CrunRuntimeTest extends ContainerRuntimeContract {
    private static @Nullable OciLab lab;

    @BeforeAll
    static void openLab(@TempDir Path scratch) throws IOException {
        OciLab.requireCrun(scratch);
        lab = OciLab.open(scratch);
    }

    @Override
    protected RuntimeBench open() {
        return Objects.requireNonNull(lab).bench("crun");
    }
}
