package io.skep.model;

import java.util.List;

/**
 * Where a running task is reached: what its node tells all others in the gossip table {@link #TABLE}, under the task's id, as
 * {@link io.skep.model.codec.Codec#toBytes} writes it. A task that should get no requests has no endpoint.
 *
 * @param taskId the task
 * @param serviceId its service
 * @param serviceName its service's name
 * @param attachments its networks
 * @param ports its service's published ports
 */
public record Endpoint(
        String taskId, String serviceId, String serviceName, List<Attachment> attachments, List<Port> ports) {
    /** The gossip table of endpoints: owner is the node, key the task's id. */
    public static final String TABLE = "endpoints";

    public Endpoint {
        attachments = List.copyOf(attachments);
        ports = List.copyOf(ports);
    }

    /**
     * A task's place on a network.
     *
     * @param networkId which network
     * @param subnet CIDR of the whole network
     * @param address the task's own address
     * @param virtualAddress the service's address on this network; empty for a service without one (DNS round robin)
     * @param aliases names of the service, such as {@code web}, {@code shop_web} and those that the user chose: they resolve
     *     to the virtual address, or to the addresses of all its tasks where there is none
     * @param names names of addresses themselves, such as {@code web.1} and {@code tasks.web}: they resolve to the addresses of all
     *     tasks that carry the name
     */
    public record Attachment(
            String networkId,
            String subnet,
            String address,
            String virtualAddress,
            List<String> aliases,
            List<String> names) {
        public Attachment {
            aliases = List.copyOf(aliases);
            names = List.copyOf(names);
        }
    }

    /**
     * A published port.
     *
     * @param protocol {@code tcp} or {@code udp}
     * @param publishedPort on the nodes, 1–65535
     * @param targetPort in the task, 1–65535
     * @param address where the task answers it
     * @param mode on every node, or on the task's alone
     */
    public record Port(
            String protocol, int publishedPort, int targetPort, String address, PortConfig.PublishMode mode) {}
}
