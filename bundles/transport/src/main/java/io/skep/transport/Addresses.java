package io.skep.transport;

import io.skep.api.identity.LocalNode;
import io.skep.api.identity.ManagerAddress;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Where nodes listen: what this node was told, and the managers that it knows anyway. Thread-safe. */
final class Addresses {
    private static final int MOST_PORT = 65_535;

    private final LocalNode self;
    private final Map<String, String> learned = new ConcurrentHashMap<>();

    Addresses(LocalNode self) {
        this.self = self;
    }

    /**
     * Replaces what was learned of a node.
     *
     * @return true when it is news
     * @throws SkepException {@code INVALID_ARGUMENT} for what is no {@code host:port}
     */
    boolean learn(String nodeId, String address) {
        parse(address);
        return !address.equals(learned.put(nodeId, address));
    }

    /**
     * The address to try, where there are two in turn.
     *
     * @param failures how often one was tried in vain
     */
    Optional<String> of(String nodeId, int failures) {
        Stream<String> manager = self.facts().managers().stream()
                .filter(one -> one.nodeId().equals(nodeId))
                .map(ManagerAddress::address);
        List<String> known = Stream.concat(Optional.ofNullable(learned.get(nodeId)).stream(), manager)
                .distinct()
                .toList();
        return known.isEmpty() ? Optional.empty() : Optional.of(known.get(failures % known.size()));
    }

    /** Reads {@code host:port} or {@code [v6]:port}; looks nothing up. */
    static InetSocketAddress parse(String address) {
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? "" : address.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
        String port = address.substring(colon + 1);
        if (host.isEmpty() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > MOST_PORT) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT, "'" + address + "' is not an address of the form host:port");
        }
        return InetSocketAddress.createUnresolved(host, Integer.parseInt(port));
    }
}
