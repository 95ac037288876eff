package io.skep.model;

import io.skep.model.table.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A service and what the swarm decided about it.
 *
 * @param id object id
 * @param createdAt when it was created
 * @param updatedAt of the last change of the spec
 * @param spec what is wanted now
 * @param specVersion counts changes of the spec; tasks remember theirs
 * @param previousSpec for a rollback
 * @param ports with the published ports chosen
 * @param virtualIps one for each network, in the order of the spec; none for dnsrr
 * @param updateStatus of the latest update
 * @param jobIteration raised when a job is to run again
 * @param removing its tasks are being shut down; it goes with the last
 */
public record Service(
        String id,
        Instant createdAt,
        Instant updatedAt,
        ServiceSpec spec,
        long specVersion,
        Optional<ServiceSpec> previousSpec,
        List<PortConfig> ports,
        List<VirtualIp> virtualIps,
        Optional<UpdateStatus> updateStatus,
        long jobIteration,
        boolean removing)
        implements Row {
    public Service {
        ports = List.copyOf(ports);
        virtualIps = List.copyOf(virtualIps);
    }

    /** The same with its progress of update replaced. */
    public Service withUpdateStatus(UpdateStatus status) {
        return new Service(
                id,
                createdAt,
                updatedAt,
                spec,
                specVersion,
                previousSpec,
                ports,
                virtualIps,
                Optional.of(status),
                jobIteration,
                removing);
    }

    /** The same with what the swarm chose for its endpoint. */
    public Service withEndpoint(List<PortConfig> chosenPorts, List<VirtualIp> chosenIps) {
        return new Service(
                id,
                createdAt,
                updatedAt,
                spec,
                specVersion,
                previousSpec,
                chosenPorts,
                chosenIps,
                updateStatus,
                jobIteration,
                removing);
    }

    /** The same, back at the spec before, as a further version; there is nothing to go back to after that. */
    public Service rolledBack(ServiceSpec before, UpdateStatus status) {
        return new Service(
                id,
                createdAt,
                status.startedAt(),
                before,
                specVersion + 1,
                Optional.empty(),
                ports,
                virtualIps,
                Optional.of(status),
                jobIteration,
                removing);
    }

    /** The same, to be removed once its tasks are gone. */
    public Service asRemoving(Instant now) {
        return new Service(
                id,
                createdAt,
                now,
                spec,
                specVersion,
                previousSpec,
                ports,
                virtualIps,
                updateStatus,
                jobIteration,
                true);
    }
}
