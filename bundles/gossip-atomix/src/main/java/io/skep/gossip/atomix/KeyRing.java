package io.skep.gossip.atomix;

import io.skep.model.ErrorCode;
import io.skep.model.GossipKey;
import io.skep.model.SkepException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The swarm's gossip keys by their numbers. Every one opens; the last but one seals, so that a new key is known to all nodes
 * before anybody uses it. Replaced as a whole, on any thread.
 */
final class KeyRing {
    private volatile NavigableMap<Integer, SwarmKey> keys = new TreeMap<>();

    KeyRing(List<GossipKey> keys) {
        replace(keys);
    }

    /** Takes other keys; one that is among them already stays the same. */
    void replace(List<GossipKey> wanted) {
        if (wanted.isEmpty()) {
            throw new SkepException(
                    ErrorCode.CORRUPT, "this node knows no gossip key; leave the swarm with --force and join it again");
        }
        keys = wanted.stream()
                .collect(Collectors.toMap(GossipKey::number, KeyRing::key, (earlier, later) -> later, TreeMap::new));
    }

    /** What to seal with. */
    SwarmKey current() {
        NavigableMap<Integer, SwarmKey> present = keys;
        Map.Entry<Integer, SwarmKey> before = present.lowerEntry(present.lastKey());
        return before == null ? present.firstEntry().getValue() : before.getValue();
    }

    /** What opens a message that names this number; null when the key is not, or no longer, known. */
    @Nullable
    SwarmKey find(int number) {
        return keys.get(number);
    }

    private static SwarmKey key(GossipKey key) {
        return new SwarmKey(key.number(), Base64.getDecoder().decode(key.key().value()));
    }
}
