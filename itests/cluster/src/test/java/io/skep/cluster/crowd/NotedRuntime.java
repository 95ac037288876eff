package io.skep.cluster.crowd;

import io.skep.api.runtime.Container;
import io.skep.api.runtime.Container.State;
import io.skep.api.runtime.ContainerConfig;
import io.skep.api.runtime.ContainerRuntime;
import io.skep.api.runtime.ContainerStats;
import io.skep.api.runtime.ExecResult;
import io.skep.api.runtime.Exit;
import io.skep.api.runtime.LogQuery;
import io.skep.api.runtime.LogSink;
import io.skep.api.runtime.RuntimeInfo;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** A runtime that does nothing: its containers are noted down, run until they are stopped, and take no time. Thread-safe. */
final class NotedRuntime implements ContainerRuntime {
    private static final int PID = 1;
    private final Map<String, Noted> containers = new ConcurrentHashMap<>();
    private final Census census;

    NotedRuntime(Census census) {
        this.census = census;
    }

    private record Noted(Container seen, CompletableFuture<Exit> end) {}

    @Override
    public RuntimeInfo info() {
        return new RuntimeInfo("oci", "noted", Optional.empty());
    }

    @Override
    public List<Container> adopt() {
        return containers.values().stream().map(Noted::seen).toList();
    }

    @Override
    public Container prepare(ContainerConfig config) {
        Container container = new Container(
                config.id(), config.labels(), State.PREPARED, OptionalInt.empty(), Optional.empty(), Optional.empty());
        return containers
                .computeIfAbsent(config.id(), id -> new Noted(container, new CompletableFuture<>()))
                .seen();
    }

    @Override
    public Container start(String id) {
        Noted noted = require(id);
        if (noted.seen().state() != State.PREPARED) {
            return noted.seen();
        }
        Container running = new Container(
                id,
                noted.seen().labels(),
                State.RUNNING,
                OptionalInt.of(PID),
                Optional.of(Instant.now()),
                Optional.empty());
        containers.put(id, new Noted(running, noted.end()));
        census.started();
        return running;
    }

    @Override
    public CompletionStage<Exit> await(String id) {
        Noted noted = containers.get(id);
        return noted == null
                ? CompletableFuture.failedFuture(unknown(id))
                : noted.end().copy();
    }

    @Override
    public void stop(String id, Duration grace) {
        Noted noted = containers.get(id);
        if (noted == null || noted.seen().state() == State.EXITED) {
            return;
        }
        Exit exit = new Exit(0, false, Instant.now());
        boolean ran = noted.seen().state() == State.RUNNING;
        Container over = new Container(
                id,
                noted.seen().labels(),
                State.EXITED,
                OptionalInt.empty(),
                noted.seen().startedAt(),
                Optional.of(exit));
        containers.put(id, new Noted(over, noted.end()));
        if (ran) {
            census.ended();
        }
        noted.end().complete(exit);
    }

    @Override
    public void remove(String id) {
        stop(id, Duration.ZERO);
        containers.remove(id);
    }

    @Override
    public ExecResult exec(String id, List<String> command, Duration timeout) {
        return new ExecResult(0, "");
    }

    @Override
    public void logs(String id, LogQuery query, LogSink sink) {
        require(id);
    }

    @Override
    public ContainerStats stats(String id) {
        return new ContainerStats(0, 0, 0, PID);
    }

    private Noted require(String id) {
        Noted noted = containers.get(id);
        if (noted == null) {
            throw unknown(id);
        }
        return noted;
    }

    private static SkepException unknown(String id) {
        return new SkepException(ErrorCode.NOT_FOUND, "there is no container " + id + "; prepare it first");
    }
}
