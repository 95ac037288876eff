package io.skep.api.identity;

import java.util.Optional;

/**
 * Where a node is found, as an operator says it.
 *
 * @param advertise IPv4 address or interface name for other nodes, with or without {@code :port}, which is the port to listen on when
 *     it is missing; empty chooses the address to listen on if that is one, else the one from which a joining host reaches its
 *     manager, for the first node the one of the default route, or the only one there is; 127.0.0.1 on a host without a network
 * @param listen IPv4 address or interface name to listen on, with or without {@code :port}; empty is every address, and the
 *     configured port (2377 when nothing is configured)
 */
public record Addresses(Optional<String> advertise, Optional<String> listen) {
    /** Nothing said. */
    public static final Addresses CHOSEN = new Addresses(Optional.empty(), Optional.empty());
}
