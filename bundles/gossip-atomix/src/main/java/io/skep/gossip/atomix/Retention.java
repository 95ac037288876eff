package io.skep.gossip.atomix;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Decides how long what a dead owner stated is kept. In the second half of that time it is no longer offered to others, lest
 * it wander for ever between nodes that forget it at different moments. Time is a number of nanoseconds that the caller
 * gives.
 */
final class Retention {
    private final long retentionNanos;
    private final Map<String, Long> deadSince = new TreeMap<>();

    Retention(long retentionNanos) {
        this.retentionNanos = retentionNanos;
    }

    /**
     * Looks who is dead now.
     *
     * @return those that are dead for too long
     */
    List<String> expire(Collection<String> owners, Predicate<String> lives, long now) {
        deadSince.keySet().removeIf(lives);
        owners.stream().filter(lives.negate()).forEach(owner -> deadSince.putIfAbsent(owner, now));
        List<String> expired = new ArrayList<>();
        deadSince.forEach((owner, since) -> {
            if (now - since >= retentionNanos) {
                expired.add(owner);
            }
        });
        expired.forEach(deadSince::remove);
        return expired;
    }

    boolean offered(String owner, long now) {
        Long since = deadSince.get(owner);
        return since == null || now - since < retentionNanos / 2;
    }
}
