package io.skep.shell.service;

import io.skep.model.Node;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.Service;
import io.skep.model.ServiceMode;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import io.skep.model.UpdateStatus;
import io.skep.model.placement.Constraint;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How far a service is from what it should be; pure.
 *
 * @param name the service's
 * @param running tasks as the present spec wants them that run, or that a job has completed
 * @param wanted how many there should be
 * @param done nothing is left to do
 * @param halted why an update does not reach its aim by itself: it was paused, or went back; empty when it may
 * @param trouble the latest reason for which a task does not run; empty when there is none
 */
public record Convergence(String name, long running, long wanted, boolean done, String halted, String trouble) {
    /** Looks at a service. */
    public static Convergence of(Snapshot cluster, Service service) {
        Collection<Task> tasks = cluster.tasksOfService(service.id());
        boolean job = job(service);
        long running = tasks.stream()
                .filter(task -> current(service, task) && !(task.retired() && !job))
                .filter(task -> !task.desiredState().after(TaskState.COMPLETE))
                .filter(task -> cluster.stateOf(task) == (job ? TaskState.COMPLETE : TaskState.RUNNING))
                .count();
        long wanted = wanted(cluster, service);
        boolean others =
                tasks.stream().anyMatch(task -> !current(service, task) && cluster.stateOf(task) == TaskState.RUNNING);
        String halted = service.updateStatus().map(Convergence::halted).orElse("");
        boolean done = running == wanted && !others && !service.removing() && halted.isEmpty();
        return new Convergence(service.spec().name(), running, wanted, done, halted, trouble(cluster, tasks));
    }

    /** How many tasks of the service should run, or complete. */
    public static long wanted(Snapshot cluster, Service service) {
        return switch (service.spec().mode().kind()) {
            case REPLICATED, REPLICATED_JOB -> service.spec().mode().replicas();
            case GLOBAL, GLOBAL_JOB -> everywhere(cluster, service);
        };
    }

    /** One on each node that takes tasks and fits, also before it was made, and those that are elsewhere already. */
    private static long everywhere(Snapshot cluster, Service service) {
        List<Constraint> constraints =
                Constraint.parse(service.spec().taskTemplate().placement().constraints());
        Set<String> nodes = cluster.all(Table.NODES).stream()
                .filter(node -> node.status().state() == NodeStatus.State.READY)
                .filter(node -> node.spec().availability() == NodeSpec.Availability.ACTIVE)
                .filter(node -> Constraint.allMatch(constraints, node))
                .map(Node::id)
                .collect(Collectors.toCollection(TreeSet::new));
        cluster.tasksOfService(service.id()).stream()
                .filter(task -> !task.retired() && !task.desiredState().after(TaskState.COMPLETE))
                .forEach(task -> nodes.add(task.nodeId()));
        return nodes.size();
    }

    private static String halted(UpdateStatus update) {
        return switch (update.state()) {
            case PAUSED, ROLLBACK_PAUSED -> "the update was paused";
            case ROLLBACK_COMPLETED -> "the update failed and was rolled back";
            default -> "";
        };
    }

    /** How many tasks of the service run. */
    public static long running(Snapshot cluster, Service service) {
        return cluster.tasksOfService(service.id()).stream()
                .filter(task ->
                        !task.desiredState().after(TaskState.COMPLETE) && cluster.stateOf(task) == TaskState.RUNNING)
                .count();
    }

    /** Scaling and relabelling make a new version of the service that leaves its tasks as they are. */
    private static boolean current(Service service, Task task) {
        return task.specVersion() == service.specVersion()
                || task.spec().equals(service.spec().taskTemplate());
    }

    private static boolean job(Service service) {
        ServiceMode.Kind kind = service.spec().mode().kind();
        return kind == ServiceMode.Kind.REPLICATED_JOB || kind == ServiceMode.Kind.GLOBAL_JOB;
    }

    private static String trouble(Snapshot cluster, Collection<Task> tasks) {
        List<Task> latest = tasks.stream()
                .filter(task -> cluster.stateOf(task) != TaskState.RUNNING)
                .sorted((a, b) -> b.createdAt().compareTo(a.createdAt()))
                .toList();
        return latest.stream()
                .map(task -> cluster.status(task.id())
                        .map(TaskStatus::err)
                        .filter(err -> !err.isEmpty())
                        .orElse(task.pendingReason()))
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElse("");
    }
}
