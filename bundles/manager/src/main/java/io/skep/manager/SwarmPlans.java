package io.skep.manager;

import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.RootAuthority;
import io.skep.model.Sensitive;
import io.skep.model.SkepException;
import io.skep.model.Swarm;
import io.skep.model.SwarmSpec;
import io.skep.model.Trust;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What requests that concern the swarm as a whole change; pure. New secrets are made by who asks. */
final class SwarmPlans {
    private static final Duration SHORTEST_BEAT = Duration.ofMillis(100);
    private static final Duration LONGEST_BEAT = Duration.ofSeconds(10);
    private static final Duration SHORTEST_LIFETIME = Duration.ofHours(1);

    private SwarmPlans() {}

    /**
     * Another spec.
     *
     * @param key what unlocks managers, if they are to be locked and were not
     */
    static List<Change> update(Snapshot cluster, long version, SwarmSpec spec, Sensitive key) {
        Swarm swarm = Claim.swarm(cluster);
        check(spec);
        if (spec.equals(swarm.spec())) {
            return List.of();
        }
        long expected = version == Change.ANY ? cluster.versionOf(Table.SWARM, swarm.id()) : version;
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Put<>(Table.SWARM, swarm.withSpec(spec), expected));
        Trust trust = EnrolmentPlans.trust(cluster);
        if (spec.autolock() != trust.unlockKey().isPresent()) {
            Optional<Sensitive> now = spec.autolock() ? Optional.of(key) : Optional.empty();
            changes.add(put(cluster, KeyPlans.withUnlockKey(trust, now)));
        }
        return changes;
    }

    private static void check(SwarmSpec spec) {
        Duration beat = spec.heartbeatPeriod();
        if (beat.compareTo(SHORTEST_BEAT) < 0 || beat.compareTo(LONGEST_BEAT) > 0) {
            throw wrong("the heartbeat period must be between 100 ms and 10 s");
        }
        if (spec.certificateLifetime().compareTo(SHORTEST_LIFETIME) < 0) {
            throw wrong("certificates must last for an hour at least");
        }
    }

    static List<Change> rotateUnlockKey(Snapshot cluster, Sensitive key) {
        Trust trust = EnrolmentPlans.trust(cluster);
        if (trust.unlockKey().isEmpty()) {
            throw new SkepException(
                    ErrorCode.WRONG_STATE, "the swarm is not locked; swarm:update --autolock true locks it");
        }
        return List.of(put(cluster, KeyPlans.withUnlockKey(trust, Optional.of(key))));
    }

    static List<Change> rotateJoinToken(Snapshot cluster, NodeRole role, Sensitive secret) {
        Trust trust = EnrolmentPlans.trust(cluster);
        boolean manager = role == NodeRole.MANAGER;
        Trust next = KeyPlans.withSecrets(
                trust, manager ? trust.workerSecret() : secret, manager ? secret : trust.managerSecret());
        return List.of(put(cluster, next));
    }

    static Sensitive secret(Trust trust, NodeRole role) {
        return role == NodeRole.MANAGER ? trust.managerSecret() : trust.workerSecret();
    }

    /**
     * Another root.
     *
     * @param old the present one
     * @param next the new one
     * @param crossSigned the new one's certificate signed by the old one
     */
    record NextRoot(RootAuthority old, RootAuthority next, String crossSigned) {}

    static List<Change> rotateCa(Snapshot cluster, NextRoot root) {
        Trust trust = EnrolmentPlans.trust(cluster);
        if (!trust.formerRoots().isEmpty() || !trust.root().equals(root.old())) {
            throw new SkepException(
                    ErrorCode.WRONG_STATE,
                    "a rotation of the root certificate is under way; it ends when all nodes have followed, so bring"
                            + " back or remove those that are down");
        }
        return List.of(put(
                cluster,
                KeyPlans.withRoot(trust, root.next(), List.of(root.old().certificate()), root.crossSigned())));
    }

    private static Change put(Snapshot cluster, Trust trust) {
        return new Change.Put<>(Table.TRUST, trust, cluster.versionOf(Table.TRUST, trust.id()));
    }

    private static SkepException wrong(String message) {
        return new SkepException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
