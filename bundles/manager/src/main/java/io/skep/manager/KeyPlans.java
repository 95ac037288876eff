package io.skep.manager;

import io.skep.model.GossipKey;
import io.skep.model.Node;
import io.skep.model.Revocation;
import io.skep.model.RootAuthority;
import io.skep.model.Sensitive;
import io.skep.model.Trust;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What time does to the keys of a swarm; pure. */
final class KeyPlans {
    /** As Docker's. */
    static final Duration GOSSIP_KEY_LASTS = Duration.ofHours(12);

    private static final int GOSSIP_KEYS = 3;

    private KeyPlans() {}

    /**
     * The trust as it should be now.
     *
     * @param issuers the digests of the roots from which the nodes' certificates come
     * @param digest of the present root
     * @param key makes a new gossip key
     */
    static Trust due(
            Snapshot cluster,
            Trust trust,
            Instant now,
            Map<String, String> issuers,
            String digest,
            Supplier<Sensitive> key) {
        Trust next = trust;
        if (!now.isBefore(trust.gossipKeyAt().plus(GOSSIP_KEY_LASTS))) {
            next = withGossipKey(next, now, key.get());
        }
        List<Revocation> lasting = trust.revoked().stream()
                .filter(revocation -> revocation.until().isAfter(now))
                .toList();
        next = withRevoked(next, lasting);
        boolean rotating = !trust.formerRoots().isEmpty();
        return rotating && behind(cluster, issuers, digest).isEmpty()
                ? withRoot(next, trust.root(), List.of(), "")
                : next;
    }

    /** The nodes that a rotation of the root waits for. */
    static List<Node> behind(Snapshot cluster, Map<String, String> issuers, String digest) {
        return cluster.all(Table.NODES).stream()
                .filter(node -> !digest.equals(issuers.get(node.id())))
                .toList();
    }

    /** When the next of these is due by the clock alone. */
    static Instant next(Trust trust) {
        return Stream.concat(
                        Stream.of(trust.gossipKeyAt().plus(GOSSIP_KEY_LASTS)),
                        trust.revoked().stream().map(Revocation::until))
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private static Trust withGossipKey(Trust trust, Instant now, Sensitive key) {
        List<GossipKey> keys = new ArrayList<>(trust.gossipKeys());
        int number = keys.isEmpty() ? 1 : keys.get(keys.size() - 1).number() + 1;
        keys.add(new GossipKey(number, key));
        List<GossipKey> kept = keys.subList(Math.max(0, keys.size() - GOSSIP_KEYS), keys.size());
        return new Trust(
                trust.id(),
                trust.root(),
                trust.formerRoots(),
                trust.crossSigned(),
                trust.workerSecret(),
                trust.managerSecret(),
                kept,
                now,
                trust.unlockKey(),
                trust.revoked());
    }

    /** The same without the nodes that are listened to again, or with further ones that are not. */
    static Trust withRevoked(Trust trust, List<Revocation> revoked) {
        return new Trust(
                trust.id(),
                trust.root(),
                trust.formerRoots(),
                trust.crossSigned(),
                trust.workerSecret(),
                trust.managerSecret(),
                trust.gossipKeys(),
                trust.gossipKeyAt(),
                trust.unlockKey(),
                revoked);
    }

    /** The same with another root. */
    static Trust withRoot(Trust trust, RootAuthority root, List<String> former, String crossSigned) {
        return new Trust(
                trust.id(),
                root,
                former,
                crossSigned,
                trust.workerSecret(),
                trust.managerSecret(),
                trust.gossipKeys(),
                trust.gossipKeyAt(),
                trust.unlockKey(),
                trust.revoked());
    }

    /** The same with other secrets of the join tokens. */
    static Trust withSecrets(Trust trust, Sensitive worker, Sensitive manager) {
        return new Trust(
                trust.id(),
                trust.root(),
                trust.formerRoots(),
                trust.crossSigned(),
                worker,
                manager,
                trust.gossipKeys(),
                trust.gossipKeyAt(),
                trust.unlockKey(),
                trust.revoked());
    }

    /** The same, locked under another key or unlocked. */
    static Trust withUnlockKey(Trust trust, Optional<Sensitive> key) {
        return new Trust(
                trust.id(),
                trust.root(),
                trust.formerRoots(),
                trust.crossSigned(),
                trust.workerSecret(),
                trust.managerSecret(),
                trust.gossipKeys(),
                trust.gossipKeyAt(),
                key,
                trust.revoked());
    }
}
