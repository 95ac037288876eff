package io.skep.contracts.runtime;

import io.skep.api.kernel.Scope;
import io.skep.api.runtime.Container;
import io.skep.api.runtime.Container.State;
import io.skep.api.runtime.ContainerConfig;
import io.skep.api.runtime.ContainerRuntime;
import io.skep.api.runtime.ContainerStats;
import io.skep.api.runtime.ExecResult;
import io.skep.api.runtime.Exit;
import io.skep.api.runtime.LogLine;
import io.skep.api.runtime.LogQuery;
import io.skep.api.runtime.LogSink;
import io.skep.api.runtime.RuntimeInfo;
import io.skep.contracts.runtime.SimulatedHost.Simulated;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A runtime of containers that are only noted down, in the time of a {@link Scope}. No verb blocks: a container that does not
 * heed its stop signal is killed without its grace period passing, and a followed log ends where it is. To let verbs take
 * time, delay the effects that call them.
 */
public final class SimulatedRuntime implements ContainerRuntime, AutoCloseable {
    private static final int KILLED = 137;

    private final SimulatedHost host;
    private final Scope scope;
    private final Map<String, CompletableFuture<Exit>> waiting = new TreeMap<>();

    /**
     * Opens a runtime over what is on a host.
     *
     * @param scope whose time it lives in; closed with the runtime
     */
    public SimulatedRuntime(SimulatedHost host, Scope scope) {
        this.host = host;
        this.scope = scope;
        host.onEnd(this::ended);
    }

    @Override
    public void close() {
        host.onEnd(id -> {});
        scope.close();
        waiting.values().forEach(exit -> exit.completeExceptionally(stopped()));
        waiting.clear();
    }

    @Override
    public RuntimeInfo info() {
        return new RuntimeInfo("simulated", "1", Optional.empty());
    }

    @Override
    public List<Container> adopt() {
        host.throwPlanned("adopt");
        host.all().forEach(container -> arm(container.config().id()));
        return host.all().stream().map(Simulated::seen).toList();
    }

    @Override
    public Container prepare(ContainerConfig config) {
        host.throwPlanned("prepare");
        SimulatedProgram.of(config.arguments());
        host.prepare(config);
        return require(config.id()).seen();
    }

    @Override
    public Container start(String id) {
        host.throwPlanned("start");
        Simulated container = require(id);
        host.start(id, scope.now(), SimulatedProgram.of(container.config().arguments()));
        arm(id);
        return require(id).seen();
    }

    /** Ends what is due, and looks again when the container ends by itself. */
    private void arm(String id) {
        Instant now = scope.now();
        host.endDue(id, now);
        host.find(id).flatMap(Simulated::endsAt).ifPresent(at -> {
            var unused = scope.after(Duration.between(now, at), () -> host.endDue(id, at));
        });
    }

    private void ended(String id) {
        CompletableFuture<Exit> exit = waiting.remove(id);
        Optional<Exit> how = host.find(id).flatMap(container -> container.seen().exit());
        if (exit != null) {
            scope.execute(() -> how.ifPresentOrElse(exit::complete, () -> exit.completeExceptionally(unknown(id))));
        }
    }

    @Override
    public CompletionStage<Exit> await(String id) {
        if (scope.closed()) {
            return CompletableFuture.failedFuture(stopped());
        }
        Optional<Simulated> container = host.find(id);
        if (container.isEmpty()) {
            return CompletableFuture.failedFuture(unknown(id));
        }
        return container
                .get()
                .seen()
                .exit()
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> waiting.computeIfAbsent(id, any -> new CompletableFuture<>()))
                .copy();
    }

    @Override
    public void stop(String id, Duration grace) {
        host.throwPlanned("stop");
        host.find(id).ifPresent(container -> {
            SimulatedProgram program = SimulatedProgram.of(container.config().arguments());
            String signal = container.config().stopSignal().orElse("SIGTERM").toUpperCase(Locale.ROOT);
            boolean heeds = !grace.isZero()
                    && container.seen().state() == State.RUNNING
                    && program.stops()
                            .filter(name -> signal.equals("SIG" + name))
                            .isPresent();
            host.end(id, new Exit(heeds ? program.stopCode() : KILLED, false, scope.now()));
        });
    }

    @Override
    public void remove(String id) {
        host.throwPlanned("remove");
        stop(id, Duration.ZERO);
        host.remove(id);
    }

    @Override
    public ExecResult exec(String id, List<String> command, Duration timeout) {
        requireRunning(id);
        return new ExecResult(0, String.join(" ", command) + "\n");
    }

    @Override
    public void logs(String id, LogQuery query, LogSink sink) {
        List<LogLine> lines = require(id).printed().stream()
                .filter(line -> query.since().filter(line.at()::isBefore).isEmpty())
                .toList();
        int from = Math.max(0, lines.size() - query.tail().orElse(lines.size()));
        boolean unused = lines.subList(from, lines.size()).stream().allMatch(sink::accept);
    }

    @Override
    public ContainerStats stats(String id) {
        ContainerConfig config = requireRunning(id).config();
        return new ContainerStats(0, 0, config.limits().memoryBytes(), 1);
    }

    private Simulated require(String id) {
        return host.find(id).orElseThrow(() -> unknown(id));
    }

    private Simulated requireRunning(String id) {
        Simulated container = require(id);
        if (container.seen().state() != State.RUNNING) {
            throw new SkepException(ErrorCode.WRONG_STATE, "the container " + id + " is not running; start it first");
        }
        return container;
    }

    private static SkepException unknown(String id) {
        return new SkepException(
                ErrorCode.NOT_FOUND, "the simulated runtime has no container " + id + "; prepare it first");
    }

    private static SkepException stopped() {
        return new SkepException(ErrorCode.PART_MISSING, "the simulated runtime was closed; ask its successor");
    }
}
