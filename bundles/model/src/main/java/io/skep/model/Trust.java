package io.skep.model;

import io.skep.model.table.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The one row of what makes a swarm's nodes believe one another; known to managers only.
 *
 * @param id the swarm's id
 * @param root who signs certificates
 * @param formerRoots PEM of roots that are still trusted while a rotation is under way
 * @param crossSigned PEM of the present root signed by the former one, which lets nodes that know only that one believe; empty
 *     when no rotation is under way
 * @param workerSecret of the token with which workers join
 * @param managerSecret of the token with which managers join
 * @param gossipKeys by number: all are understood, and the last but one (or the only one) is used to send, so that a new one is known
 *     everywhere before anybody uses it
 * @param gossipKeyAt when the last one was made
 * @param unlockKey what unlocks a manager after its start, when the swarm is locked
 * @param revoked nodes whose certificates count no more
 */
public record Trust(
        String id,
        RootAuthority root,
        List<String> formerRoots,
        String crossSigned,
        Sensitive workerSecret,
        Sensitive managerSecret,
        List<GossipKey> gossipKeys,
        Instant gossipKeyAt,
        Optional<Sensitive> unlockKey,
        List<Revocation> revoked)
        implements Row {
    public Trust {
        formerRoots = List.copyOf(formerRoots);
        gossipKeys = List.copyOf(gossipKeys);
        revoked = List.copyOf(revoked);
    }
}
