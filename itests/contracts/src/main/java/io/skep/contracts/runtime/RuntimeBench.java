package io.skep.contracts.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.skep.api.runtime.Container;
import io.skep.api.runtime.ContainerRuntime;
import io.skep.api.runtime.Exit;
import io.skep.api.runtime.LogLine;
import io.skep.api.runtime.LogQuery;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/** Holds the runtime under test and does what most tests need. One for each test. */
public final class RuntimeBench implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;
    private static final int ID_LENGTH = 25;

    private final Supplier<? extends ContainerRuntime> open;
    private final Consumer<ContainerRuntime> close;
    private final Settings settings;
    private final List<String> ids = new ArrayList<>();
    private ContainerRuntime runtime;

    /**
     * What a test knows of the runtime.
     *
     * @param image an image with a POSIX shell, busybox's tools and users {@code root} and {@code bee} (uid 1000, gid 1000,
     *     also in group {@code swarm}, gid 2000)
     * @param programs the commands it understands
     * @param features what it can do
     * @param settle lets what was begun happen: advances virtual time; nothing where time is real
     */
    public record Settings(String image, Programs programs, Set<RuntimeFeature> features, Runnable settle) {
        public Settings {
            features = EnumSet.copyOf(features);
        }
    }

    /**
     * Opens a runtime.
     *
     * @param open makes a runtime over the same state as the one before it
     * @param close ends the object as a bundle's deactivation does, and leaves its containers alone
     */
    public RuntimeBench(
            Supplier<? extends ContainerRuntime> open, Consumer<ContainerRuntime> close, Settings settings) {
        this.open = open;
        this.close = close;
        this.settings = settings;
        this.runtime = open.get();
    }

    public ContainerRuntime runtime() {
        return runtime;
    }

    public Programs programs() {
        return settings.programs();
    }

    public String image() {
        return settings.image();
    }

    /** Skips the test when the runtime does not declare a feature. */
    public void require(RuntimeFeature feature) {
        Assumptions.assumeTrue(settings.features().contains(feature), () -> "the runtime does not declare " + feature);
    }

    public boolean has(RuntimeFeature feature) {
        return settings.features().contains(feature);
    }

    /** Closes the runtime and opens its successor over the same state. */
    public List<Container> swap() {
        close.accept(runtime);
        runtime = open.get();
        return runtime.adopt();
    }

    /** Closes the runtime and leaves it so. */
    public void deactivate() {
        close.accept(runtime);
    }

    /** A configuration under a new id. */
    public ContainerConfigs config() {
        String id = newId();
        ids.add(id);
        return new ContainerConfigs(id, settings.image());
    }

    private static String newId() {
        String unique = Long.toString(System.nanoTime(), 36)
                + Long.toString(ProcessHandle.current().pid(), 36);
        return (unique + "0".repeat(ID_LENGTH)).substring(0, ID_LENGTH);
    }

    /** Prepares and starts; returns the id. */
    public String run(ContainerConfigs config) {
        Container prepared = runtime.prepare(config.build());
        runtime.start(prepared.id());
        return prepared.id();
    }

    public String run(List<String> command) {
        return run(config().arguments(command));
    }

    /** Waits until a container has printed {@code ready}. */
    public void awaitReady(String id) {
        awaitLine(id, "ready");
    }

    public void awaitLine(String id, String text) {
        boolean[] seen = {false};
        runtime.logs(id, new LogQuery(OptionalInt.empty(), Optional.empty(), true), line -> {
            seen[0] = line.text().equals(text);
            return !seen[0];
        });
        assertThat(seen[0]).as("the container printed '%s'", text).isTrue();
    }

    public Exit exit(String id) {
        settings.settle().run();
        try {
            return runtime.await(id).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the container " + id + " did not end", e);
        }
    }

    /** What a container printed on both streams. */
    public List<String> output(String id) {
        return lines(id, LogQuery.ALL).stream().map(LogLine::text).toList();
    }

    public List<LogLine> lines(String id, LogQuery query) {
        List<LogLine> lines = new ArrayList<>();
        runtime.logs(id, query, lines::add);
        return lines;
    }

    /** Runs to the end and returns what was printed. */
    public List<String> outputOf(ContainerConfigs config) {
        String id = run(config);
        exit(id);
        return output(id);
    }

    /** The container as adoption sees it. */
    public Container seen(String id) {
        return runtime.adopt().stream()
                .filter(container -> container.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the container " + id + " is not adopted"));
    }

    /** Asserts that a call fails with a code and a message that says something. */
    public static void assertFails(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        SkepException failure = catchThrowableOfType(SkepException.class, call);
        assertThat(failure).as("the call fails").isNotNull();
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
        assertThat(failure.getMessage()).hasSizeGreaterThan(10);
    }

    /** Asserts that a stage fails, or has failed, with a code. */
    public static void assertFails(ErrorCode code, CompletableFuture<?> stage) {
        Throwable failure = catchThrowableOfType(
                java.util.concurrent.ExecutionException.class, () -> stage.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertThat(failure).as("the stage fails").isNotNull();
        assertThat(failure.getCause()).isInstanceOfSatisfying(SkepException.class, cause -> {
            assertThat(cause.code()).isEqualTo(code);
        });
    }

    /** Removes what the test made. */
    @Override
    public void close() {
        close.accept(runtime);
        runtime = open.get();
        runtime.adopt();
        ids.forEach(runtime::remove);
        assertThat(runtime.adopt()).as("nothing is left after removal").isEmpty();
        close.accept(runtime);
    }
}
