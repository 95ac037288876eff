package io.skep.shell.service;

import io.skep.model.Service;
import io.skep.model.ServiceMode;
import io.skep.model.TaskState;
import io.skep.model.table.Snapshot;

/** How many tasks of a service run and should, as docker service ls writes it; pure. */
final class Replicas {
    private Replicas() {}

    /** {@code 2/3}; {@code 2/3 (max 1 per node)}; of a job the tasks at once, and how far it is as a whole: {@code 1/2 (3/5 completed)}. */
    static String text(Snapshot cluster, Service service) {
        long running = Convergence.running(cluster, service);
        long wanted = Convergence.wanted(cluster, service);
        ServiceMode mode = service.spec().mode();
        return switch (mode.kind()) {
            case REPLICATED_JOB -> job(running, atOnce(mode), completed(cluster, service), wanted);
            case GLOBAL_JOB -> {
                long completed = completed(cluster, service);
                yield job(running, wanted - completed, completed, wanted);
            }
            default -> running + "/" + wanted + perNode(service);
        };
    }

    private static String job(long running, long atOnce, long completed, long wanted) {
        return running + "/" + atOnce + " (" + completed + "/" + wanted + " completed)";
    }

    private static long atOnce(ServiceMode mode) {
        return mode.maxConcurrent() == 0 ? mode.replicas() : mode.maxConcurrent();
    }

    private static String perNode(Service service) {
        int most = service.spec().taskTemplate().placement().maxReplicas();
        return most == 0 ? "" : " (max " + most + " per node)";
    }

    private static long completed(Snapshot cluster, Service service) {
        return cluster.tasksOfService(service.id()).stream()
                .filter(task -> task.jobIteration() == service.jobIteration())
                .filter(task -> cluster.stateOf(task) == TaskState.COMPLETE)
                .count();
    }
}
