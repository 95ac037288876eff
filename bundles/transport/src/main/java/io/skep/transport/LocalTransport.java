package io.skep.transport;

import io.skep.api.identity.LocalNode;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Requests of a node to itself, which is all that a swarm of one node needs: nothing listens and nothing leaves the process. */
@Component(service = Transport.class)
public final class LocalTransport implements Transport {
    private final LocalNode self;
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();

    @Activate
    public LocalTransport(@Reference LocalNode self) {
        this.self = self;
    }

    @Override
    public CompletionStage<byte[]> request(String nodeId, String subject, byte[] body, Duration timeout) {
        if (!nodeId.equals(self.nodeId())) {
            return failed(ErrorCode.PART_MISSING, "node " + nodeId + " cannot be reached: this swarm has one node");
        }
        Handler handler = handlers.get(subject);
        if (handler == null) {
            return failed(ErrorCode.NOT_FOUND, "nothing on this node answers '" + subject + "'");
        }
        try {
            return handler.handle(new Peer(self.nodeId(), self.role()), body)
                    .toCompletableFuture()
                    .copy()
                    .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
                    .exceptionallyCompose(e -> CompletableFuture.failedFuture(told(e, subject)));
        } catch (SkepException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public Registration serve(String subject, Handler handler) {
        if (handlers.putIfAbsent(subject, handler) != null) {
            throw new SkepException(ErrorCode.ALREADY_EXISTS, "'" + subject + "' is answered already");
        }
        return () -> handlers.remove(subject, handler);
    }

    @Override
    public void learn(String nodeId, String address) {
        // A node always knows where it is itself.
    }

    private static Throwable told(Throwable e, String subject) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        if (cause instanceof SkepException) {
            return cause;
        }
        return cause instanceof TimeoutException
                ? new SkepException(ErrorCode.TIMED_OUT, "no answer to '" + subject + "' in time", cause)
                : new SkepException(ErrorCode.FAILED, "'" + subject + "' failed: " + cause, cause);
    }

    private static CompletionStage<byte[]> failed(ErrorCode code, String message) {
        return CompletableFuture.failedFuture(new SkepException(code, message));
    }
}
