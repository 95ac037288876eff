package io.skep.contracts.transport;

import io.skep.api.transport.Access;
import io.skep.api.transport.Handler;
import io.skep.api.transport.Peer;
import io.skep.api.transport.Transport;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One node's side of a {@link SimulatedNetwork}. */
final class SimulatedTransport implements Transport {
    private static final Pattern SUBJECT = Pattern.compile("[a-z0-9.-]{1,64}");
    private static final String NO_SUBJECT = "a subject has 1 to 64 characters of [a-z0-9.-], which is not so of ";

    private final SimulatedNetwork network;
    private final Peer self;
    private final Map<String, Served> subjects = new ConcurrentHashMap<>();

    SimulatedTransport(SimulatedNetwork network, Peer self) {
        this.network = network;
        this.self = self;
    }

    @Override
    public CompletionStage<byte[]> request(String nodeId, String subject, byte[] body, Duration timeout) {
        if (!SUBJECT.matcher(subject).matches()) {
            return failed(ErrorCode.INVALID_ARGUMENT, NO_SUBJECT + subject);
        } else if (body.length > MAX_BODY) {
            return failed(
                    ErrorCode.INVALID_ARGUMENT, "the body has " + body.length + " bytes; send at most " + MAX_BODY);
        }
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        network.after(
                timeout,
                () -> answer.completeExceptionally(new SkepException(
                        ErrorCode.TIMED_OUT,
                        nodeId + " did not answer " + subject + " within " + timeout.toMillis() + " ms")));
        if (network.passes(self.nodeId(), nodeId)) {
            deliver(nodeId, subject, body).whenComplete((bytes, failure) -> {
                if (network.passes(nodeId, self.nodeId())) {
                    settle(answer, bytes, failure);
                }
            });
        }
        return answer;
    }

    private CompletionStage<byte[]> deliver(String nodeId, String subject, byte[] body) {
        SimulatedTransport peer = network.nodes().get(nodeId);
        if (peer == null) {
            return failed(ErrorCode.PART_MISSING, "no node " + nodeId + " is on the network");
        }
        Served served = peer.subjects.get(subject);
        if (served == null) {
            return failed(ErrorCode.NOT_FOUND, nodeId + " serves no " + subject);
        }
        boolean admitted = peer == this || served.access().admits(self);
        return admitted
                ? handle(served.handler(), body.clone())
                : failed(ErrorCode.FORBIDDEN, subject + " is not for a " + self.role() + " such as " + self.nodeId());
    }

    private CompletionStage<byte[]> handle(Handler handler, byte[] body) {
        try {
            return handler.handle(self, body);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private static void settle(CompletableFuture<byte[]> answer, byte @Nullable [] bytes, @Nullable Throwable failure) {
        if (bytes != null) {
            answer.complete(bytes.clone());
        } else {
            answer.completeExceptionally(asSeenByPeer(failure));
        }
    }

    private static SkepException asSeenByPeer(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof SkepException known
                ? new SkepException(known.code(), String.valueOf(known.getMessage()))
                : new SkepException(ErrorCode.FAILED, "the peer failed: " + cause);
    }

    @Override
    public Registration serve(String subject, Access access, Handler handler) {
        if (!SUBJECT.matcher(subject).matches()) {
            throw new SkepException(ErrorCode.INVALID_ARGUMENT, NO_SUBJECT + subject);
        }
        Served served = new Served(access, handler);
        if (subjects.putIfAbsent(subject, served) != null) {
            throw new SkepException(ErrorCode.ALREADY_EXISTS, self.nodeId() + " serves " + subject + " already");
        }
        return () -> subjects.remove(subject, served);
    }

    private record Served(Access access, Handler handler) {}

    @Override
    public void learn(String nodeId, String address) {
        // nodes find one another by id alone
    }

    private static CompletionStage<byte[]> failed(ErrorCode code, String message) {
        return CompletableFuture.failedFuture(new SkepException(code, message));
    }
}
