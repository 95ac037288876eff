package io.skep.api.network;

import java.util.List;

/**
 * The network namespace that a container asks for.
 *
 * @param id the task's id
 * @param attachments its networks, the first one carries the default route; empty means loopback only
 */
public record SandboxConfig(String id, List<Attachment> attachments) {
    public SandboxConfig {
        attachments = List.copyOf(attachments);
    }

    /**
     * One network of a sandbox.
     *
     * @param networkId the network's id, {@code [0-9a-z]{25}}
     * @param networkName shown to people
     * @param subnet CIDR of the whole network, such as {@code 10.0.1.0/24}
     * @param gateway address of the bridge, inside the subnet
     * @param address the container's address, inside the subnet, without prefix length
     * @param internal no way out to other networks
     */
    public record Attachment(
            String networkId, String networkName, String subnet, String gateway, String address, boolean internal) {}
}
