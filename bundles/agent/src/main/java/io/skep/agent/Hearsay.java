package io.skep.agent;

import io.skep.api.gossip.Gossip;
import io.skep.api.identity.ManagerAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The managers that gossip names. Any node of the swarm can put itself there, so they are asked only when those that a leader named have no answer. Thread-safe. */
final class Hearsay {
    private volatile Optional<Gossip> gossip = Optional.empty();

    void bind(Gossip bound) {
        gossip = Optional.of(bound);
    }

    void unbind(Gossip unbound) {
        gossip = gossip.filter(bound -> bound != unbound);
    }

    List<ManagerAddress> managers() {
        List<ManagerAddress> named = new ArrayList<>();
        gossip.ifPresent(bound -> bound.table(Gossip.MANAGERS)
                .forEach((nodeId, told) -> Optional.ofNullable(told.get(Gossip.TRANSPORT))
                        .map(address -> new ManagerAddress(nodeId, new String(address, StandardCharsets.UTF_8)))
                        .ifPresent(named::add)));
        return named;
    }
}
