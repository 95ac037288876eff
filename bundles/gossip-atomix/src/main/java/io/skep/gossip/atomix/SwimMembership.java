package io.skep.gossip.atomix;

import io.atomix.cluster.Member;
import io.atomix.cluster.MemberConfig;
import io.atomix.cluster.MemberId;
import io.atomix.cluster.protocol.GroupMembershipProtocol;
import io.atomix.cluster.protocol.SwimMembershipProtocol;
import io.atomix.cluster.protocol.SwimMembershipProtocolConfig;
import io.atomix.utils.Version;
import io.skep.api.gossip.Member.Liveness;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs Atomix's SWIM and reads its members. */
final class SwimMembership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SwimMembership.class);
    private static final Duration GOSSIP_INTERVAL = Duration.ofMillis(100);
    private static final int FANOUT = 3;
    private static final int HELPERS = 4;
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

    private final GroupMembershipProtocol protocol;
    private final KnownNodes knownNodes = new KnownNodes();
    private final Member self;
    private final SwimMessages services;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean joined;

    /** A member that SWIM has not given up. */
    record Seen(String nodeId, Endpoint address, Liveness liveness, String run) {}

    /**
     * @param changed called on a thread of Atomix when members changed; must not block
     */
    SwimMembership(GossipSettings settings, Endpoint advertised, SwimMessages messages, Runnable changed) {
        self = new ThisMember(settings, advertised);
        services = messages;
        protocol = OwnClassLoader.call(() -> SwimMembershipProtocol.TYPE.newProtocol(config(settings.pace())));
        protocol.addListener(event -> {
            threads.add(Thread.currentThread());
            changed.run();
        });
    }

    private static SwimMembershipProtocolConfig config(GossipSettings.Pace pace) {
        return new SwimMembershipProtocolConfig()
                .setBroadcastDisputes(true)
                .setBroadcastUpdates(true)
                .setNotifySuspect(true)
                .setRetainTombstones(true)
                .setGossipInterval(GOSSIP_INTERVAL)
                .setGossipFanout(FANOUT)
                .setSuspectProbes(HELPERS)
                .setProbeInterval(pace.probe())
                .setProbeTimeout(pace.probeTimeout())
                .setFailureTimeout(pace.failureTimeout());
    }

    void start() {
        OwnClassLoader.call(() -> protocol.join(services, knownNodes, self));
        services.noteThreads(threads::add);
        joined = true;
    }

    /** The live and suspect members with this one. Any thread. */
    List<Seen> members() {
        List<Seen> members = new ArrayList<>();
        for (Member member : protocol.getMembers()) {
            Seen seen = seen(member);
            if (seen != null) {
                members.add(seen);
            }
        }
        return members;
    }

    private static @Nullable Seen seen(Member member) {
        try {
            return new Seen(
                    member.id().id(),
                    SwimMessages.endpoint(member.address()),
                    member.isReachable() ? Liveness.ALIVE : Liveness.SUSPECT,
                    String.valueOf(member.version()));
        } catch (SkepException e) {
            LOG.debug("member {} has no usable address", member.id(), e);
            return null;
        }
    }

    /** Makes SWIM probe {@code address} at once. Any thread. */
    void probe(Endpoint address) {
        if (joined) {
            knownNodes.probe(address);
        }
    }

    /** Makes SWIM forget a dead member. Any thread. */
    void forget(String nodeId, Endpoint address) {
        knownNodes.forget(nodeId, address);
    }

    /** Leaves without a word, as a crash would, and waits until Atomix's threads have ended. */
    @Override
    public void close() {
        joined = false;
        protocol.leave(self).join();
        threads.forEach(thread -> Threads.join(thread, LONGEST_CLOSE));
        threads.clear();
    }

    /**
     * This node for Atomix. The version is that of the run: SWIM replaces a member whose version changed, whereas it would
     * keep the old address of one that came back elsewhere with the same version.
     */
    private static final class ThisMember extends Member {
        private final Version version;

        ThisMember(GossipSettings settings, Endpoint advertised) {
            super(config(settings.nodeId(), advertised));
            long run = settings.run();
            version = Version.from(
                    (int) (run >>> 32) & 0x7fff_ffff, (int) (run >>> 16) & 0xffff, (int) run & 0xffff, null);
        }

        private static MemberConfig config(String nodeId, Endpoint advertised) {
            MemberConfig config =
                    new MemberConfig().setId(MemberId.from(nodeId)).setPort(advertised.port());
            return config.setHost(advertised.host());
        }

        @Override
        public Version version() {
            return version;
        }
    }
}
