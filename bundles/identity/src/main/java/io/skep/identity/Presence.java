package io.skep.identity;

import io.skep.api.identity.Enrolment.Issued;
import io.skep.api.identity.LocalManager;
import io.skep.api.identity.LocalNode;
import io.skep.api.kernel.Entropy;
import io.skep.identity.Announcements.Announced;
import io.skep.identity.ca.NodeKey;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The services of a node in a swarm, as its certificate says. Used by one caller at a time, but for {@link #renewed}. */
final class Presence implements Renewable {
    private final SwarmNode node;
    private final StateDirectory directory;
    private final Announcements announcements;
    private final Entropy entropy;
    private final Supplier<Instant> now;
    private final Turn turn;
    private Optional<Announced> announcedNode = Optional.empty();
    private Optional<Announced> announcedManager = Optional.empty();
    private Optional<Announced> renewal = Optional.empty();
    private boolean gone;

    /**
     * Nothing is announced yet.
     *
     * @param turn whose holder may change what is announced
     */
    Presence(
            SwarmNode node,
            StateDirectory directory,
            Announcements announcements,
            Entropy entropy,
            Supplier<Instant> now,
            Turn turn) {
        this.node = node;
        this.directory = directory;
        this.announcements = announcements;
        this.entropy = entropy;
        this.now = now;
        this.turn = turn;
    }

    @Override
    public SwarmNode node() {
        return node;
    }

    /** Announces what the node is. */
    void enter() {
        announcedNode = Optional.of(announcements.announce(node, List.of(LocalNode.class), node.role()));
        renewal = Optional.of(announcements.announce(this, List.of(Renewable.class), node.role()));
        follow();
    }

    /** Withdraws everything; nothing of the node is written any more. */
    void withdraw() {
        gone = true;
        renewal.ifPresent(Announced::withdraw);
        withdrawManager();
        announcedNode.ifPresent(Announced::withdraw);
        node.retire();
    }

    @Override
    public void renewed(NodeKey key, Issued issued) {
        IssuedCheck.renewal(issued, key, node, now.get());
        turn.take(() -> {
            if (gone) {
                throw new SkepException(
                        ErrorCode.PART_MISSING, "this node has left its swarm, or its identity was stopped");
            }
            if (issued.role() != NodeRole.MANAGER) {
                withdrawManager(); // it goes while its certificate still counts
            }
            try {
                if (issued.role() == NodeRole.MANAGER && node.role() == NodeRole.WORKER) {
                    directory.prepareMember(node.memberSuffix()); // a kill before the next line is swept at the start
                }
                node.renew(key.key(), issued, MemberSuffix.fresh(entropy));
            } finally {
                follow();
            }
            return true;
        });
    }

    private void follow() {
        NodeRole role = node.role();
        if (role == NodeRole.MANAGER && announcedManager.isEmpty()) {
            announcedManager = Optional.of(announcements.announce(node.member(), List.of(LocalManager.class), role));
        }
        if (role == NodeRole.WORKER) {
            withdrawManager();
            directory.clearMembers(Optional.empty());
        }
        announcedNode.ifPresent(announced -> announced.role(role));
    }

    private void withdrawManager() {
        announcedManager.ifPresent(Announced::withdraw);
        announcedManager = Optional.empty();
    }
}
