package io.skep.consensus.ratis;

import io.skep.consensus.support.EngineThread;
import io.skep.consensus.support.MemberLine;
import io.skep.consensus.support.MembershipChange;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.rpc.CallId;
import org.jspecify.annotations.Nullable;

/**
 * Carries out changes of the membership while this member leads. A new member gets the state without a vote first, as Ratis does it; but
 * while that lasts Ratis makes no other change, so a member that is not there is not begun with. Runs on the engine's thread.
 */
final class MembershipClerk {
    private static final byte[] DONE = {};
    private static final Duration RETRY = Duration.ofMillis(100);
    private static final Duration GREETING = Duration.ofSeconds(1);

    private final MemberLine line;
    private final EngineThread thread;
    private final RatisCalls calls;
    private final Supplier<@Nullable RaftNode> node;
    private final Timings timings;
    /** The members that are being added. */
    private final Map<String, CompletableFuture<byte[]>> adding = new HashMap<>();

    private boolean steppingAside;

    MembershipClerk(
            MemberLine line,
            EngineThread thread,
            RatisCalls calls,
            Supplier<@Nullable RaftNode> node,
            Timings timings) {
        this.line = line;
        this.thread = thread;
        this.calls = calls;
        this.node = node;
        this.timings = timings;
    }

    /** Begins to serve other members. */
    void open() {
        line.serve(Subject.CHANGE.wire(), message -> {
            byte[] change = new byte[message.remaining()];
            message.get(change);
            return carryOut(MembershipChange.decode(change));
        });
        line.serve(
                Subject.GREET.wire(),
                message -> node.get() == null
                        ? refused(ErrorCode.PART_MISSING, "the consensus engine of this member is stopped")
                        : CompletableFuture.completedFuture(DONE));
    }

    /** Any thread. */
    CompletableFuture<byte[]> carryOut(MembershipChange change) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        thread.execute(() -> {
            var unused = decide(change).whenComplete((done, failure) -> {
                if (failure == null) {
                    answer.complete(done);
                } else {
                    answer.completeExceptionally(failure);
                }
            });
        });
        return answer;
    }

    /** Lets another member lead, if there is one. */
    void stepAside() {
        RaftNode leader = node.get();
        if (leader != null && leader.leads() && !steppingAside) {
            steppingAside = true;
            var unused = handOver(leader).whenComplete((done, refused) -> thread.execute(() -> steppingAside = false));
        }
    }

    private CompletableFuture<byte[]> decide(MembershipChange change) {
        RaftNode leader = node.get();
        if (leader == null || !leader.leads()) {
            return refused(ErrorCode.NO_LEADER, "this member does not lead; ask the leader");
        }
        return switch (change.verb()) {
            case ADD -> add(leader, change.member());
            case REMOVE -> remove(leader, change.member());
            case LEAD -> lead(leader, change.member());
        };
    }

    private CompletableFuture<byte[]> add(RaftNode leader, String member) {
        if (leader.memberIds().contains(member)) {
            return CompletableFuture.completedFuture(DONE);
        }
        CompletableFuture<byte[]> under = adding.get(member);
        if (under != null) {
            return under;
        }
        CompletableFuture<byte[]> added = new CompletableFuture<>();
        adding.put(member, added);
        greet(member, added);
        return thread.limit(
                        added,
                        timings.catchUp(),
                        () -> new SkepException(ErrorCode.TIMED_OUT, member + " did not come up in time"))
                .whenComplete((done, failure) -> thread.execute(() -> adding.remove(member, added)));
    }

    private void greet(String member, CompletableFuture<byte[]> added) {
        var unused = line.ask(member, Subject.GREET.wire(), new byte[0], GREETING)
                .thenCompose(there -> admit(member))
                .whenComplete((done, failure) -> thread.execute(() -> settle(member, added, failure)));
    }

    private CompletableFuture<byte[]> admit(String member) {
        return configure(SetConfigurationRequest.Arguments.newBuilder()
                .setMode(SetConfigurationRequest.Mode.ADD)
                .setServersInNewConf(List.of(RaftNode.peer(member)))
                .build());
    }

    private void settle(String member, CompletableFuture<byte[]> added, @Nullable Throwable failure) {
        RaftNode leader = node.get();
        if (failure == null) {
            added.complete(DONE);
        } else if (leader == null || !leader.leads()) {
            added.completeExceptionally(
                    new SkepException(ErrorCode.NO_LEADER, "the leader changed while a member was added"));
        } else if (!added.isDone()) {
            thread.after(RETRY, () -> greet(member, added));
        }
    }

    private CompletableFuture<byte[]> remove(RaftNode leader, String member) {
        CompletableFuture<byte[]> under = adding.remove(member);
        if (under != null) {
            under.completeExceptionally(
                    new SkepException(ErrorCode.WRONG_STATE, member + " was removed while it was being added"));
        }
        if (!leader.memberIds().contains(member)) {
            return CompletableFuture.completedFuture(DONE);
        }
        if (member.equals(leader.id().toString())) {
            return handOver(leader);
        }
        List<RaftPeer> present = List.copyOf(leader.division().getRaftConf().getCurrentPeers());
        List<RaftPeer> left = new ArrayList<>(present);
        left.removeIf(peer -> peer.getId().toString().equals(member));
        return configure(SetConfigurationRequest.Arguments.newBuilder()
                .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
                .setServersInCurrentConf(present)
                .setServersInNewConf(left)
                .build());
    }

    /** The leader is to go: someone else leads first, and is then asked again to remove this one. */
    private CompletableFuture<byte[]> handOver(RaftNode leader) {
        Optional<RaftPeerId> heir = leader.division().getRaftConf().getCurrentPeers().stream()
                .map(RaftPeer::getId)
                .filter(id -> !id.equals(leader.id()))
                .max(Comparator.comparingLong(leader.confirmations()::matched));
        if (heir.isEmpty()) {
            return refused(
                    ErrorCode.WRONG_STATE,
                    "the last manager cannot be removed; add another one first, or leave the swarm");
        }
        return lead(leader, heir.get().toString())
                .thenCompose(done -> refused(ErrorCode.NO_LEADER, "leadership went to " + heir.get() + "; ask it"));
    }

    private CompletableFuture<byte[]> lead(RaftNode leader, String member) {
        if (member.equals(leader.id().toString())) {
            return CompletableFuture.completedFuture(DONE);
        }
        if (!leader.memberIds().contains(member)) {
            return refused(ErrorCode.WRONG_STATE, "a member without a vote cannot lead; add it first");
        }
        // Meanwhile the leader takes no commands, so it may not last long.
        return ask(leader, () -> leader.server()
                .transferLeadershipAsync(new TransferLeadershipRequest(
                        leader.clerk(),
                        leader.id(),
                        leader.groupId(),
                        CallId.getAndIncrement(),
                        RaftPeerId.valueOf(member),
                        timings.exchange().toMillis())));
    }

    private CompletableFuture<byte[]> configure(SetConfigurationRequest.Arguments arguments) {
        RaftNode leader = node.get();
        return leader == null
                ? refused(ErrorCode.NO_LEADER, "this member does not lead any more")
                : ask(leader, () -> leader.server()
                        .setConfigurationAsync(new SetConfigurationRequest(
                                leader.clerk(), leader.id(), leader.groupId(), CallId.getAndIncrement(), arguments)));
    }

    private CompletableFuture<byte[]> ask(RaftNode leader, RatisCalls.Call<RaftClientReply> request) {
        return calls.compose(request)
                .thenCompose(reply -> reply.isSuccess()
                        ? CompletableFuture.completedFuture(DONE)
                        : refused(
                                ErrorCode.NO_LEADER,
                                leader.id() + " could not: "
                                        + reply.getException().getMessage()));
    }

    private static CompletableFuture<byte[]> refused(ErrorCode code, String message) {
        return CompletableFuture.failedFuture(new SkepException(code, message));
    }
}
