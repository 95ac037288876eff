package io.skep.vertical;

import io.skep.api.runtime.Container;
import io.skep.api.runtime.ContainerConfig;
import io.skep.api.runtime.ContainerRuntime;
import io.skep.api.runtime.ContainerStats;
import io.skep.api.runtime.ExecResult;
import io.skep.api.runtime.Exit;
import io.skep.api.runtime.LogQuery;
import io.skep.api.runtime.LogSink;
import io.skep.api.runtime.RuntimeInfo;
import io.skep.contracts.runtime.SimulatedRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A simulated runtime that may be called from any thread, and whose stops last as long as a test wants. */
final class HostRuntime implements ContainerRuntime {
    private final HostThread thread;
    private final SimulatedRuntime runtime;
    private volatile CompletableFuture<Void> stopping = CompletableFuture.completedFuture(null);

    /** How often somebody began to wait for an end. */
    private final AtomicInteger awaits = new AtomicInteger();

    HostRuntime(HostThread thread, SimulatedRuntime runtime) {
        this.thread = thread;
        this.runtime = runtime;
    }

    /** Lets every stop wait until the answer is completed. */
    void stopSlowly(CompletableFuture<Void> until) {
        stopping = until;
    }

    int awaits() {
        return awaits.get();
    }

    void close() {
        thread.run(runtime::close);
    }

    @Override
    public RuntimeInfo info() {
        return thread.call(runtime::info);
    }

    @Override
    public List<Container> adopt() {
        return thread.call(runtime::adopt);
    }

    @Override
    public Container prepare(ContainerConfig config) {
        return thread.call(() -> runtime.prepare(config));
    }

    @Override
    public Container start(String id) {
        return thread.call(() -> runtime.start(id));
    }

    @Override
    public CompletionStage<Exit> await(String id) {
        CompletableFuture<Exit> exit = new CompletableFuture<>();
        awaits.incrementAndGet();
        thread.later(() -> runtime.await(id).whenComplete((how, failure) -> {
            if (failure == null) {
                exit.complete(how);
            } else {
                exit.completeExceptionally(failure);
            }
        }));
        return exit;
    }

    @Override
    public void stop(String id, Duration grace) {
        stopping.join();
        thread.run(() -> runtime.stop(id, grace));
    }

    @Override
    public void remove(String id) {
        thread.run(() -> runtime.remove(id));
    }

    @Override
    public ExecResult exec(String id, List<String> command, Duration timeout) {
        return thread.call(() -> runtime.exec(id, command, timeout));
    }

    @Override
    public void logs(String id, LogQuery query, LogSink sink) {
        thread.run(() -> runtime.logs(id, query, sink));
    }

    @Override
    public ContainerStats stats(String id) {
        return thread.call(() -> runtime.stats(id));
    }
}
