package io.skep.contracts.runtime;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What a {@link io.skep.api.runtime.ContainerRuntime} promises. An implementation's test extends this class and says how to open
 * the runtime and what it can do.
 */
@Timeout(120)
public abstract class ContainerRuntimeContract
        implements LifecycleContract, StopContract, LogContract, AdoptionContract, ImageContract, IsolationContract {
    private @Nullable RuntimeBench bench;

    /** Opens a runtime over a directory of the test's own. */
    protected abstract RuntimeBench open();

    @BeforeEach
    void openBench() {
        bench = open();
    }

    @AfterEach
    void closeBench() {
        if (bench != null) {
            bench.close();
        }
    }

    @Override
    public final RuntimeBench bench() {
        if (bench == null) {
            throw new IllegalStateException("the bench is opened before each test");
        }
        return bench;
    }
}
