package io.skep.agent;

import io.skep.api.dispatch.Assignment;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Scope;
import io.skep.api.network.NetworkDriver;
import io.skep.api.network.Sandbox;
import io.skep.api.runtime.Container;
import io.skep.api.runtime.ContainerConfig;
import io.skep.api.runtime.ContainerRuntime;
import io.skep.api.runtime.Exit;
import io.skep.model.ErrorCode;
import io.skep.model.PortConfig;
import io.skep.model.SkepException;
import io.skep.model.Task;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The effects of tasks: network first, then the container. Every verb is idempotent, as those of the plug-ins are. On the loop. */
final class Executor {
    private final Scope scope;
    private final Effects effects;
    private final Plugins plugins;
    private final TaskFiles files;
    private final Segments segments;
    private final Lanes starting;
    private final Batches<Assignment, Sandbox> attaching;
    private final Batches<String, String> detaching;
    private final Map<Object, CompletableFuture<Exit>> awaited = new ConcurrentHashMap<>();

    Executor(Scope scope, Effects effects, Plugins plugins, TaskFiles files, int lanes) {
        this.scope = scope;
        this.effects = effects;
        this.plugins = plugins;
        this.files = files;
        segments = new Segments(scope, effects, plugins);
        starting = new Lanes(scope, effects, lanes);
        attaching = new Batches<>(scope, effects, this::attachAll);
        detaching = new Batches<>(scope, effects, this::detachAll);
    }

    /** The networks of this node: no sandbox is made before they stand. */
    Segments segments() {
        return segments;
    }

    CompletionStage<Container> prepare(Assignment assignment) {
        List<ContainerConfig.File> held;
        try {
            held = files.of(assignment.task().spec().containerSpec());
        } catch (SkepException missing) {
            return CompletableFuture.failedFuture(missing);
        }
        CompletionStage<Optional<Sandbox>> network = assignment.networks().isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : attaching.add(assignment).thenApply(Optional::of);
        return network.thenCompose(sandbox -> starting.run(() -> runtime(assignment.task())
                .prepare(ContainerPlan.container(assignment, sandbox.map(Sandbox::namespace), held))));
    }

    CompletionStage<Container> start(Task task) {
        return starting.run(() -> runtime(task).start(task.id()));
    }

    /** Completes on a thread of the runtime. */
    CompletionStage<Exit> await(Task task) {
        try {
            CompletableFuture<Exit> exit = runtime(task).await(task.id()).toCompletableFuture();
            Object key = new Object();
            awaited.put(key, exit);
            if (scope.closed()) {
                close();
            }
            return exit.whenComplete((how, failure) -> awaited.remove(key));
        } catch (SkepException missing) {
            return CompletableFuture.failedFuture(missing);
        }
    }

    /** Awaits nothing more: a container that runs on must not hold on to an agent that has gone. Any thread. */
    void close() {
        List.copyOf(awaited.values()).forEach(exit -> exit.cancel(false));
    }

    /** Completes with what the end was, on any thread. Not in the lanes: those that take their whole grace period must not hold up the others. */
    CompletionStage<Exit> stop(Task task, Duration grace) {
        return effects.run(scope, () -> {
                    runtime(task).stop(task.id(), grace);
                    return task;
                })
                .thenCompose(this::await);
    }

    /** A task without networks has no sandbox, and needs no driver to be rid of it. */
    CompletionStage<String> detach(Task task) {
        return task.attachments().isEmpty() ? CompletableFuture.completedFuture(task.id()) : detaching.add(task.id());
    }

    CompletionStage<Boolean> remove(Task task) {
        return detach(task)
                .thenCompose(detached -> starting.run(() -> {
                    runtime(task).remove(task.id());
                    return true;
                }));
    }

    /** A task whose port the host's own program has would run unreached, so it is refused with that program's name. */
    private List<Sandbox> attachAll(List<Assignment> assignments) {
        NetworkDriver driver = plugins.driver();
        assignments.stream()
                .flatMap(assignment -> assignment.ports().stream())
                .filter(port -> port.publishedPort() > 0)
                .distinct()
                .forEach(port -> requireFree(driver, port));
        segments.stand(driver);
        return driver.attach(assignments.stream().map(ContainerPlan::sandbox).toList());
    }

    private static void requireFree(NetworkDriver driver, PortConfig port) {
        String protocol = port.protocol().name().toLowerCase(Locale.ROOT);
        driver.portHolder(protocol, port.publishedPort()).ifPresent(holder -> {
            throw new SkepException(
                    ErrorCode.ALREADY_EXISTS,
                    "published port " + port.publishedPort() + "/" + protocol + " is in use on this node by " + holder
                            + "; stop that process or publish another port");
        });
    }

    private List<String> detachAll(List<String> ids) {
        Set<String> set = new HashSet<>(ids);
        plugins.driver().detach(set);
        return ids;
    }

    private ContainerRuntime runtime(Task task) {
        return plugins.runtime(task.spec().runtime());
    }
}
