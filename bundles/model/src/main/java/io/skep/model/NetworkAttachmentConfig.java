package io.skep.model;

import java.util.List;

/**
 * A network that a service joins.
 *
 * @param target the network's id; a name is resolved when the service is created
 * @param aliases further names of the service on this network
 */
public record NetworkAttachmentConfig(String target, List<String> aliases) {
    public NetworkAttachmentConfig {
        aliases = List.copyOf(aliases);
    }
}
