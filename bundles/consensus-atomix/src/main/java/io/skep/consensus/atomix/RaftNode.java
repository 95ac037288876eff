package io.skep.consensus.atomix;

import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.RaftServer.Role;
import io.atomix.protocols.raft.cluster.RaftMember;
import io.atomix.protocols.raft.cluster.impl.DefaultRaftMember;
import io.atomix.protocols.raft.cluster.impl.RaftClusterContext;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.storage.system.Configuration;
import io.atomix.utils.concurrent.ThreadContext;
import io.skep.api.consensus.Leadership;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This member's Raft server: starts it from what the directory knows or from the initial members, and stops all of it. */
final class RaftNode {
    private static final Logger LOG = LoggerFactory.getLogger(RaftNode.class);
    private static final Duration STOP_STEP = Duration.ofSeconds(3);
    private static final Duration LAST_BREATH = Duration.ofMillis(500);

    private final RaftContext raft;
    private final Consumer<Leadership> onLeadership;
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    /** The last role that was begun as a whole. */
    private volatile Role begun = Role.INACTIVE;

    RaftNode(RaftContext raft, Timings timings, Consumer<Leadership> onLeadership) {
        this.raft = raft;
        this.onLeadership = onLeadership;
        raft.setHeartbeatInterval(timings.heartbeat());
        raft.setElectionTimeout(timings.election());
        raft.setSessionTimeout(timings.session());
    }

    RaftContext raft() {
        return raft;
    }

    ThreadContext raftThread() {
        return raft.getThreadContext();
    }

    ThreadContext stateThread() {
        return raft.getServiceManager().executor();
    }

    /** Takes part: as what the directory says, or as a first member, or waiting to be added to a group. */
    void start(List<String> initialMembers) {
        raft.addRoleChangeListener(role -> {
            begun = role;
            report();
        });
        raft.addLeaderElectionListener(leader -> report());
        idle();
        raftThread().execute(() -> enter(initialMembers));
    }

    /** Makes sure that {@link #stop} ends the threads, also when it never took part. */
    void idle() {
        remember(raftThread());
        remember(stateThread());
    }

    private void remember(ThreadContext context) {
        context.execute(() -> threads.add(Thread.currentThread()));
    }

    private void enter(List<String> initialMembers) {
        RaftClusterContext cluster = raft.getCluster();
        if (cluster.getConfiguration() == null) {
            cluster.configure(new Configuration(0, 0, System.currentTimeMillis(), members(initialMembers)));
        }
        RaftMember self = cluster.getMember();
        if (!cluster.getMembers().contains(self)) {
            return;
        }
        raft.transition(self.getType());
        if (self.getType() == RaftMember.Type.ACTIVE
                && cluster.getActiveMemberStates().isEmpty()) {
            // Nobody else has a vote: why wait for an election time-out.
            raft.transition(Role.CANDIDATE);
        }
    }

    /** Whether Atomix is in a role that it could not begin, for which a full disk suffices. On the Raft thread. */
    boolean stranded() {
        return raft.getRole() != begun;
    }

    /** Gives the role up and begins anew with the one of a member that knows nothing yet. On the Raft thread. */
    void beginAgain() {
        raft.setLeader(null);
        raft.transition(Role.INACTIVE);
        raft.transition(raft.getCluster().getMember().getType());
    }

    private static List<RaftMember> members(List<String> ids) {
        List<RaftMember> members = new ArrayList<>();
        for (String id : ids) {
            members.add(new DefaultRaftMember(MemberId.from(id), RaftMember.Type.ACTIVE, Instant.EPOCH));
        }
        return members;
    }

    /** Tells who leads as this member sees it now; any thread. */
    void report() {
        raftThread().execute(() -> {
            boolean local = raft.getRole() == Role.LEADER && !stranded();
            Optional<String> leader = local
                    ? Optional.of(raft.getCluster().getMember().memberId().id())
                    : Optional.ofNullable(raft.getLeader())
                            .map(member -> member.memberId().id());
            onLeadership.accept(new Leadership(raft.getTerm(), leader, local));
        });
    }

    List<String> memberIds() {
        return raft.getCluster().getMembers().stream()
                .map(member -> member.memberId().id())
                .sorted()
                .toList();
    }

    /** Runs work on the Raft thread and brings what its future brings. */
    <T> CompletableFuture<T> onRaft(Supplier<CompletableFuture<T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        raftThread().execute(() -> {
            try {
                pass(work.get(), result);
            } catch (RuntimeException failure) {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    /** What comes of one future comes of the other. */
    static <T extends @Nullable Object> void pass(CompletableFuture<T> from, CompletableFuture<T> to) {
        var unused = from.whenComplete((value, failure) -> {
            if (failure == null) {
                to.complete(value);
            } else {
                to.completeExceptionally(failure);
            }
        });
    }

    /** Gives up the role, lets what is being applied end, closes the files and ends the threads: each step as far as it goes. */
    void stop() {
        step("give up the role", raftThread(), () -> raft.transition(Role.INACTIVE));
        step("finish applying", stateThread(), () -> {});
        step("close", raftThread(), raft::close);
        threads.forEach(RaftNode::join);
    }

    private static void step(String what, ThreadContext context, Runnable work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        context.execute(() -> {
            try {
                work.run();
            } catch (RuntimeException failure) {
                LOG.warn("cannot {} while stopping; going on", what, failure);
            } finally {
                done.complete(null);
            }
        });
        try {
            done.get(STOP_STEP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException slow) {
            LOG.warn("could not {} within {} while stopping; going on", what, STOP_STEP);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(LAST_BREATH.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
