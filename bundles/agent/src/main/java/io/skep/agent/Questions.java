package io.skep.agent;

import io.skep.api.identity.LocalNode;
import io.skep.api.kernel.Scope;
import io.skep.api.transport.Handler;
import io.skep.api.transport.Peer;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What managers ask of a component of this node, answered on the loop; none stays without an answer when the component goes. Thread-safe. */
public final class Questions {
    private final LocalNode node;
    private final Scope scope;
    /** Not answered yet. */
    private final Map<Object, CompletableFuture<byte[]>> open = new ConcurrentHashMap<>();

    /** A question, on the loop. */
    @FunctionalInterface
    public interface Asked<Q> {
        /** Answers it, now or later. */
        void by(Peer peer, Q question, CompletableFuture<byte[]> answer);
    }

    /** Those of a component with this scope. */
    public Questions(LocalNode node, Scope scope) {
        this.node = node;
        this.scope = scope;
    }

    /** What the transport is to call for questions of this type. */
    public <Q> Handler onLoop(Class<Q> type, Asked<Q> asked) {
        return (peer, body) -> {
            checkListed(peer);
            Q question = Codec.fromBytes(body, type);
            CompletableFuture<byte[]> answer = new CompletableFuture<>();
            Object key = new Object();
            open.put(key, answer);
            scope.execute(() -> asked.by(peer, question, answer));
            return answer.whenComplete((done, failure) -> open.remove(key));
        };
    }

    /** A demoted manager may have kept its certificate; what it brings would run here, and what it reads is not for it. */
    private void checkListed(Peer peer) {
        boolean listed = peer.nodeId().equals(node.nodeId())
                || node.facts().managers().stream()
                        .anyMatch(manager -> manager.nodeId().equals(peer.nodeId()));
        if (!listed) {
            throw new SkepException(
                    ErrorCode.FORBIDDEN,
                    "node " + peer.nodeId() + " is no manager as far as node " + node.nodeId()
                            + " knows; if it has just become one, repeat the command in a moment");
        }
    }

    /** Answers all that wait, once the scope is closed. */
    public void end(String why) {
        SkepException gone = new SkepException(ErrorCode.PART_MISSING, why);
        List.copyOf(open.values()).forEach(answer -> answer.completeExceptionally(gone));
    }
}
