package io.skep.api.dispatch;

import io.skep.api.network.ServiceAddress;
import java.util.List;
import java.util.Optional;

/**
 * What a node should run.
 *
 * @param complete true when {@code put} is everything: whatever else is on the node goes away
 * @param put new and changed assignments
 * @param removed ids of tasks that the swarm has forgotten: nothing of them is to remain
 * @param services all services of the networks of the node's tasks; empty when they are what they were, never with a complete one
 */
public record Assignments(
        boolean complete, List<Assignment> put, List<String> removed, Optional<List<ServiceAddress>> services) {
    public Assignments {
        put = List.copyOf(put);
        removed = List.copyOf(removed);
        services = services.map(List::copyOf);
    }
}
