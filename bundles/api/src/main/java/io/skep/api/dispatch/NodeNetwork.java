package io.skep.api.dispatch;

import io.skep.model.Network;

/**
 * A network as it stands on the node that is told of it.
 *
 * @param network the network
 * @param address the node's own, inside the subnet: its containers' gateway, and the source of what the node passes on to containers
 *     elsewhere
 */
public record NodeNetwork(Network network, String address) {}
