package io.skep.model;

/**
 * A port of a service that can be reached from outside (Docker Engine API, {@code EndpointPortConfig}).
 *
 * @param name for people; may be empty
 * @param protocol transport
 * @param targetPort in the container, 1–65535
 * @param publishedPort on the nodes, 1–65535; zero in a spec lets the swarm choose from 30000–32767
 * @param publishMode where it is reached
 */
public record PortConfig(String name, Protocol protocol, int targetPort, int publishedPort, PublishMode publishMode) {
    /** Transport protocol. */
    public enum Protocol {
        TCP,
        UDP
    }

    /** Where a published port is reached. */
    public enum PublishMode {
        /** On every node, all replicas in turn. */
        INGRESS,
        /** Only on the node of the task. */
        HOST
    }

    /** The same with another published port. */
    public PortConfig withPublishedPort(int port) {
        return new PortConfig(name, protocol, targetPort, port, publishMode);
    }
}
