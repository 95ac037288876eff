package io.skep.agent;

import io.skep.api.gossip.Gossip;
import io.skep.api.gossip.Member;
import io.skep.api.identity.ManagerAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** Without those that are dead: waiting for their answers would take the time that the others need. */
    List<ManagerAddress> managers() {
        return gossip.map(Hearsay::managers).orElse(List.of());
    }

    private static List<ManagerAddress> managers(Gossip gossip) {
        Map<String, Map<String, byte[]>> told = gossip.table(Gossip.MANAGERS);
        List<ManagerAddress> named = new ArrayList<>();
        for (Member member : gossip.members()) {
            byte[] address = told.getOrDefault(member.nodeId(), Map.of()).get(Gossip.TRANSPORT);
            if (address != null && member.liveness() != Member.Liveness.DEAD) {
                named.add(new ManagerAddress(member.nodeId(), new String(address, StandardCharsets.UTF_8)));
            }
        }
        return named;
    }
}
