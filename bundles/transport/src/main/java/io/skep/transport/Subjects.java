package io.skep.transport;

import io.skep.api.transport.Access;
import io.skep.api.transport.Admission;
import io.skep.api.transport.Handler;
import io.skep.api.transport.Peer;
import io.skep.api.transport.Transport.Registration;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this node answers, and to whom. Thread-safe. */
final class Subjects {
    private static final Logger LOG = LoggerFactory.getLogger(Subjects.class);

    private final String nodeId;
    private final Map<String, Served> served = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Admission> admission = new AtomicReference<>();

    private record Served(Access access, Handler handler) {}

    Subjects(String nodeId) {
        this.nodeId = nodeId;
    }

    Registration serve(String subject, Access access, Handler handler) {
        Served one = new Served(access, handler);
        if (served.putIfAbsent(subject, one) != null) {
            throw new SkepException(ErrorCode.ALREADY_EXISTS, "node " + nodeId + " serves '" + subject + "' already");
        }
        return () -> served.remove(subject, one);
    }

    void admitBy(Admission one) {
        admission.set(one);
    }

    void admitNoMoreBy(Admission one) {
        admission.compareAndSet(one, null);
    }

    /**
     * The peer as it is to be treated now.
     *
     * @throws SkepException {@code FORBIDDEN} when it is not to be spoken with
     */
    Peer admit(Peer certified) {
        Admission one = admission.get();
        return one == null || certified.anonymous() ? certified : one.admit(certified);
    }

    /** Answers this node's own request. */
    CompletionStage<byte[]> answerSelf(Peer self, String subject, byte[] body) {
        Served one = served.get(subject);
        return one == null ? unknown(subject) : handle(one, self, body);
    }

    /** Answers a request from another node. */
    CompletionStage<byte[]> answer(Peer certified, String subject, byte[] body) {
        Served one = served.get(subject);
        if (certified.anonymous() && (one == null || one.access() != Access.ANYONE)) {
            return failed(ErrorCode.FORBIDDEN, "'" + subject + "' is for nodes with a certificate of the swarm");
        }
        if (one == null) {
            return unknown(subject);
        }
        try {
            Peer peer = admit(certified);
            return one.access().admits(peer) ? handle(one, peer, body) : forbidden(one, peer, subject);
        } catch (SkepException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<byte[]> unknown(String subject) {
        return failed(ErrorCode.NOT_FOUND, "nothing on node " + nodeId + " answers '" + subject + "'");
    }

    private static CompletionStage<byte[]> forbidden(Served one, Peer peer, String subject) {
        String role = peer.role().name().toLowerCase(Locale.ROOT);
        return failed(
                ErrorCode.FORBIDDEN,
                "'" + subject + "' is for " + one.access().name().toLowerCase(Locale.ROOT) + ", and node "
                        + peer.nodeId() + " is a " + role);
    }

    private static CompletionStage<byte[]> handle(Served one, Peer peer, byte[] body) {
        try {
            return Objects.requireNonNull(one.handler().handle(peer, body), "the handler gave no stage");
        } catch (RuntimeException | LinkageError e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The failure of a handler as the asking node is told it; what nobody foresaw stays in this node's log. */
    SkepException told(Throwable failure, String subject) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SkepException known) {
                return known;
            }
        }
        LOG.warn("answering '{}' failed", subject, failure);
        return new SkepException(
                ErrorCode.FAILED, "node " + nodeId + " failed at '" + subject + "'; its log says more", failure);
    }

    private static CompletionStage<byte[]> failed(ErrorCode code, String message) {
        return CompletableFuture.failedFuture(new SkepException(code, message));
    }
}
