package io.skep.cluster.lab;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;

/**
 * A lab for tests: registered in a static field one for all tests of the class, else one for each. The logs of a test that failed are copied
 * to {@code logs/CLASS.TEST} in the labs' working directory.
 */
public final class TestLab
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterTestExecutionCallback,
                AfterEachCallback,
                AfterAllCallback,
                LifecycleMethodExecutionExceptionHandler {
    private final LabSpec spec;
    private @Nullable Lab lab;
    private boolean ofClass;

    private TestLab(LabSpec spec) {
        this.spec = spec;
    }

    /** A lab of this kind, its hosts switched off. */
    public static TestLab of(LabSpec spec) {
        return new TestLab(spec);
    }

    /** The lab; only while tests run. */
    public Lab get() {
        return Objects.requireNonNull(lab, "no test runs");
    }

    /** A host of the lab, from 1. */
    public Host host(int number) {
        return get().host(number);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ofClass = true;
        lab = Lab.create(spec, Place.configured());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!ofClass) {
            lab = Lab.create(spec, Place.configured());
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            get().collect(logs(context));
        }
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        get().collect(logs(context));
        throw failure;
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        get().collect(logs(context));
        throw failure;
    }

    private static Path logs(ExtensionContext context) {
        String test = context.getRequiredTestClass().getSimpleName() + "."
                + context.getTestMethod().map(Method::getName).orElse("before");
        return Place.configured().work().resolve("logs").resolve(test);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!ofClass) {
            get().close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        get().close();
    }
}
