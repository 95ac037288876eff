package io.skep.model;

import io.skep.model.table.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One slot's attempt to run; never runs twice.
 *
 * @param id object id
 * @param createdAt when it was created
 * @param serviceId its service
 * @param serviceName for names and logs
 * @param specVersion of the service's spec it was made from
 * @param spec what to run
 * @param slot 1–n, zero for a global service
 * @param nodeId where it runs; empty while pending, given at creation for a global service
 * @param assigned the scheduler has confirmed the node
 * @param desiredState where it should go: READY, RUNNING, COMPLETE, SHUTDOWN or REMOVE
 * @param runAt when a delayed restart may run: its desired state is raised then; afterwards, when it was raised. Empty for a task that
 *     could run as soon as it was made, and for a READY one that waits for its predecessor to stop
 * @param attachments its addresses, one for each network of the spec; fewer while a subnet is exhausted
 * @param pendingReason why no node was found; for people
 * @param jobIteration of the service when it was made
 * @param retired was replaced; kept as history only
 */
public record Task(
        String id,
        Instant createdAt,
        String serviceId,
        String serviceName,
        long specVersion,
        TaskSpec spec,
        int slot,
        String nodeId,
        boolean assigned,
        TaskState desiredState,
        Optional<Instant> runAt,
        List<NetworkAttachment> attachments,
        String pendingReason,
        long jobIteration,
        boolean retired)
        implements Row {
    public Task {
        attachments = List.copyOf(attachments);
    }

    /** {@code service.slot}, or {@code service.node} for a global service; with the id it is the container's name in Docker. */
    public String name() {
        return serviceName + "." + (slot > 0 ? Integer.toString(slot) : nodeId);
    }

    /** The same with a further desired state. */
    public Task withDesiredState(TaskState desired) {
        return withDesiredState(desired, runAt);
    }

    /** The same, allowed to run: with that desired state, and when it was allowed. */
    public Task raised(TaskState desired, Instant now) {
        return withDesiredState(desired, Optional.of(now));
    }

    private Task withDesiredState(TaskState desired, Optional<Instant> allowed) {
        return new Task(
                id,
                createdAt,
                serviceId,
                serviceName,
                specVersion,
                spec,
                slot,
                nodeId,
                assigned,
                desired,
                allowed,
                attachments,
                pendingReason,
                jobIteration,
                retired);
    }

    /** The same on a node, with addresses there. */
    public Task withNode(String node, List<NetworkAttachment> addresses) {
        return new Task(
                id,
                createdAt,
                serviceId,
                serviceName,
                specVersion,
                spec,
                slot,
                node,
                true,
                desiredState,
                runAt,
                addresses,
                "",
                jobIteration,
                retired);
    }

    /** The same on a node, with the addresses that it has. */
    public Task withNode(String node) {
        return withNode(node, attachments);
    }

    /** The same with other addresses, and why some are missing. */
    public Task withAttachments(List<NetworkAttachment> addresses, String reason) {
        return new Task(
                id,
                createdAt,
                serviceId,
                serviceName,
                specVersion,
                spec,
                slot,
                nodeId,
                assigned,
                desiredState,
                runAt,
                addresses,
                reason,
                jobIteration,
                retired);
    }

    /** The same with the reason for which no node was found. */
    public Task withPendingReason(String reason) {
        return new Task(
                id,
                createdAt,
                serviceId,
                serviceName,
                specVersion,
                spec,
                slot,
                nodeId,
                assigned,
                desiredState,
                runAt,
                attachments,
                reason,
                jobIteration,
                retired);
    }

    /** The same as history of its slot: a replacement exists. */
    public Task asRetired() {
        return new Task(
                id,
                createdAt,
                serviceId,
                serviceName,
                specVersion,
                spec,
                slot,
                nodeId,
                assigned,
                desiredState,
                runAt,
                attachments,
                pendingReason,
                jobIteration,
                true);
    }

    /** The same with an equal spec that others share. */
    public Task withSpec(TaskSpec shared) {
        return new Task(
                id,
                createdAt,
                serviceId,
                serviceName,
                specVersion,
                shared,
                slot,
                nodeId,
                assigned,
                desiredState,
                runAt,
                attachments,
                pendingReason,
                jobIteration,
                retired);
    }
}
