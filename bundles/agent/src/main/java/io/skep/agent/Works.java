package io.skep.agent;

import io.skep.api.dispatch.Assignment;
import io.skep.api.dispatch.Assignments;
import io.skep.api.dispatch.NodeNetwork;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Scope;
import io.skep.api.kernel.Timer;
import io.skep.api.network.SegmentConfig;
import io.skep.api.runtime.Container;
import io.skep.api.runtime.ContainerRuntime;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All tasks of this node: brings together what is assigned and what the runtimes have from earlier, and clears away what belongs to no task. On the loop.
 */
final class Works {
    private static final Logger LOG = LoggerFactory.getLogger(Works.class);

    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** Whoever has the number of a network does not tell when it gives that up. */
    private static final Duration STAND_AGAIN = Duration.ofSeconds(5);

    private final Scope scope;
    private final Effects effects;
    private final Plugins plugins;
    private final TaskAccess access;
    private final TaskFiles files;
    private final Workplace place;
    private final Map<String, TaskWork> works = new LinkedHashMap<>();
    private final Map<String, Map<String, Container>> adopted = new HashMap<>();
    private final Map<String, ContainerRuntime> present = new HashMap<>();
    private List<NodeNetwork> standing = List.of();
    private boolean complete;
    /** True while an event waits that states the segments. */
    private boolean stating;
    /** Of all attempts that failed, one is made again. */
    private Timer standAgain = () -> {};

    Works(Scope scope, Effects effects, Plugins plugins, TaskAccess access, TaskFiles files, Workplace place) {
        this.scope = scope;
        this.effects = effects;
        this.plugins = plugins;
        this.access = access;
        this.files = files;
        this.place = place;
    }

    void assigned(Assignments assignments) {
        files.told(assignments);
        assignments.surroundings().ifPresent(told -> {
            standing = told.standing();
            place.endpoints().services(told.services());
        });
        assignments.put().forEach(this::assign);
        assignments.removed().forEach(this::forget);
        if (assignments.complete()) {
            Set<String> named =
                    assignments.put().stream().map(one -> one.task().id()).collect(Collectors.toSet());
            List.copyOf(works.keySet()).stream()
                    .filter(id -> !named.contains(id))
                    .forEach(this::forget);
            complete = true;
            stateSegments();
            adopted.keySet().forEach(this::clearContainers);
            clearSandboxes();
            stateEndpoints();
        } else if (complete) {
            stateSegments();
        }
    }

    /** Before anything is told of it, everything that this node has must be known: what is not stated is cut off. */
    private void stateSegments() {
        List<Assignment> assigned =
                works.values().stream().map(TaskWork::assignment).toList();
        List<SegmentConfig> segments = SegmentPlan.of(standing, assigned, place.underlay());
        place.executor().segments().want(segments);
        place.endpoints().segments(segments);
        stand();
    }

    private void stand() {
        place.executor().segments().stand().whenComplete((stands, failure) -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof SkepException known && known.code() != ErrorCode.PART_MISSING && !scope.closed()) {
                LOG.warn("the networks of this node do not stand yet: {}", known.getMessage());
                standAgain.cancel();
                standAgain = scope.after(STAND_AGAIN, this::stand);
            }
        });
    }

    /** A runtime has come or come back: what it has is looked at before anything is asked of it. */
    void runtimeCame(String name, ContainerRuntime runtime, Runnable whenAdmitted) {
        present.put(name, runtime);
        effects.run(scope, runtime::adopt)
                .whenComplete((containers, failure) -> place.onLoop(() -> {
                    if (present.get(name) != runtime) {
                        return;
                    }
                    if (failure == null) {
                        plugins.admit(name, runtime);
                        adopt(name, containers);
                        whenAdmitted.run();
                    } else {
                        LOG.warn("runtime {} cannot tell what it has: {}; its tasks wait", name, failure.getMessage());
                        place.after(AGAIN, () -> lookAgain(name, runtime, whenAdmitted));
                    }
                }));
    }

    private void lookAgain(String name, ContainerRuntime runtime, Runnable whenAdmitted) {
        if (present.get(name) == runtime) {
            runtimeCame(name, runtime, whenAdmitted);
        }
    }

    void runtimeWent(String name, ContainerRuntime runtime) {
        if (present.remove(name, runtime)) {
            adopted.remove(name);
        }
    }

    /** First what nobody needs any more goes, so that its addresses are free; then everybody tries again. */
    void driverCame() {
        stand();
        if (complete) {
            clearSandboxes().whenComplete((cleared, failure) -> place.onLoop(this::wake));
        } else {
            wake();
        }
    }

    private void wake() {
        List.copyOf(works.values()).forEach(TaskWork::go);
    }

    /** The network of the last of its tasks goes with it; of many that go together, once. */
    void forgotten(String taskId) {
        works.remove(taskId);
        access.remove(taskId);
        if (complete && !stating) {
            stating = true;
            place.onLoop(() -> {
                stating = false;
                stateSegments();
            });
        }
    }

    private void assign(Assignment assignment) {
        String id = assignment.task().id();
        TaskWork known = works.get(id);
        if (known != null) {
            known.assign(assignment);
            return;
        }
        TaskWork work = new TaskWork(place, assignment);
        works.put(id, work);
        access.put(id, assignment.task().spec().runtime());
        Map<String, Container> containers = adopted.get(runtimeOf(work));
        if (containers != null) {
            work.found(Optional.ofNullable(containers.get(id)));
        }
    }

    private void forget(String taskId) {
        TaskWork work = works.get(taskId);
        if (work != null) {
            work.forget();
        }
    }

    private void adopt(String name, List<Container> containers) {
        adopted.put(name, containers.stream().collect(Collectors.toMap(Container::id, container -> container)));
        for (TaskWork work : List.copyOf(works.values())) {
            if (runtimeOf(work).equals(name)) {
                work.found(Optional.ofNullable(adopted.get(name))
                        .map(found -> found.get(work.task().id())));
            }
        }
        if (complete) {
            clearContainers(name);
            stateEndpoints();
        }
    }

    /** What an earlier run left and no task claims; only known once the whole assignment is. */
    private void clearContainers(String name) {
        for (String id : adopted.getOrDefault(name, Map.of()).keySet()) {
            if (!works.containsKey(id)) {
                plugins.find(name).ifPresent(runtime -> clear(runtime, id));
            }
        }
        // Each of them has a work now or goes; a task that is assigned from here on is new, and has none.
        adopted.replace(name, Map.of());
    }

    private void clear(ContainerRuntime runtime, String id) {
        LOG.info("removing container {} of a task that the swarm has forgotten", id);
        CompletionStage<String> removed = effects.run(scope, () -> {
            runtime.remove(id);
            return id;
        });
        removed.whenComplete((gone, failure) -> {
            if (failure != null && !scope.closed()) {
                LOG.warn("cannot remove container {}: {}", id, failure.getMessage());
            }
        });
    }

    /** A task that has ended needs its sandbox no more; it may have ended while there was no driver to remove it. */
    private CompletionStage<Boolean> clearSandboxes() {
        return effects.run(scope, () -> plugins.driver().sandboxes()).thenCompose(standing -> {
            Set<String> left = new TreeSet<>(standing);
            works.forEach((id, work) -> {
                if (!work.ended()) {
                    left.remove(id);
                }
            });
            return detach(left);
        });
    }

    private CompletionStage<Boolean> detach(Set<String> left) {
        if (left.isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        LOG.info("removing {} network sandboxes that no task has", left.size());
        CompletionStage<Boolean> detached = effects.run(scope, () -> {
            plugins.driver().detach(left);
            return true;
        });
        return detached.whenComplete((gone, failure) -> {
            if (failure != null && !scope.closed()) {
                LOG.warn("cannot remove network sandboxes: {}", failure.getMessage());
            }
        });
    }

    /** A task that was not looked at yet keeps the endpoint that it had, be it in the time of another agent. */
    private void stateEndpoints() {
        List<String> kept = new ArrayList<>();
        works.forEach((id, work) -> {
            work.presume();
            if (!work.settled() || work.running()) {
                kept.add(id);
            }
        });
        place.endpoints().complete(Set.copyOf(kept));
    }

    private String runtimeOf(TaskWork work) {
        return plugins.nameOf(work.task().spec().runtime());
    }
}
