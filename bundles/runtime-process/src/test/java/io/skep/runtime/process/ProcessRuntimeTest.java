package io.skep.runtime.process;

import io.skep.contracts.runtime.ContainerRuntimeContract;
import io.skep.contracts.runtime.Programs;
import io.skep.contracts.runtime.RuntimeBench;
import io.skep.contracts.runtime.RuntimeFeature;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept with plain processes: no images, file systems or limits. */
class ProcessRuntimeTest extends ContainerRuntimeContract {
    @TempDir
    Path root = Path.of("");

    @Override
    protected RuntimeBench open() {
        return new RuntimeBench(
                () -> new ProcessRuntime(root),
                runtime -> ((ProcessRuntime) runtime).close(),
                new RuntimeBench.Settings(
                        "none",
                        Programs.SHELL,
                        EnumSet.of(
                                RuntimeFeature.REAL_TIME,
                                RuntimeFeature.PROGRAMS,
                                RuntimeFeature.EXEC,
                                RuntimeFeature.LOG_ROTATION),
                        () -> {}));
    }
}
