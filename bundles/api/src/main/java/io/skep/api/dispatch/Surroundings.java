package io.skep.api.dispatch;

import io.skep.api.network.ServiceAddress;
import java.util.List;

/**
 * What a node must know beside its tasks.
 *
 * @param standing networks that stand on the node whether tasks of it are on them or not: the one that carries published ports
 * @param services all services of the networks of the node's tasks
 */
public record Surroundings(List<NodeNetwork> standing, List<ServiceAddress> services) {
    /** Of a node that need not know anything. */
    public static final Surroundings NOTHING = new Surroundings(List.of(), List.of());

    public Surroundings {
        standing = List.copyOf(standing);
        services = List.copyOf(services);
    }
}
