package io.skep.shell.service;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.skep.model.Service;
import io.skep.model.table.Snapshot;

/**
 * A service with how it goes, as the Docker Engine API tells it who asks for both.
 *
 * @param service what the swarm wants
 * @param serviceStatus how far it is
 */
record ServiceDetail(@JsonUnwrapped Service service, Status serviceStatus) {
    /**
     * How far a service is.
     *
     * @param runningTasks how many run
     * @param desiredTasks how many should run, or of a job complete
     */
    record Status(long runningTasks, long desiredTasks) {}

    static ServiceDetail of(Snapshot cluster, Service service) {
        return new ServiceDetail(
                service, new Status(Convergence.running(cluster, service), Convergence.wanted(cluster, service)));
    }
}
