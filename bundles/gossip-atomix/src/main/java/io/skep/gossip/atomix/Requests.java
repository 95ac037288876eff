package io.skep.gossip.atomix;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * Requests that wait for an answer. A request is repeated once, half-way to its time-out, so that one lost datagram does not
 * make a member suspect: the handlers of SWIM are idempotent.
 */
final class Requests {
    private final Reactor reactor;
    private final Post post;
    private final Map<Long, CompletableFuture<byte[]>> waiting = new HashMap<>();
    private long number = new SecureRandom().nextLong();

    Requests(Reactor reactor, Post post) {
        this.reactor = reactor;
        this.post = post;
        post.reader(Kind.REPLY, (sender, body) -> {
            long answered = body.i64();
            byte[] payload = body.bytes();
            CompletableFuture<byte[]> answer = waiting.remove(answered);
            if (answer != null) {
                answer.complete(payload);
            }
        });
    }

    /** Completes with the answer on the reactor's thread, or fails with a {@link TimeoutException}. Any thread. */
    CompletableFuture<byte[]> send(Endpoint to, String type, byte[] payload, Duration timeout) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        reactor.execute(() -> begin(answer, to, type, payload, timeout));
        return answer;
    }

    private void begin(CompletableFuture<byte[]> answer, Endpoint to, String type, byte[] payload, Duration timeout) {
        long mine = ++number;
        WireWriter message = post.message(Kind.REQUEST).i64(mine).text(type).bytes(payload);
        waiting.put(mine, answer);
        post.send(to, message);
        reactor.after(timeout.dividedBy(2), () -> {
            if (waiting.containsKey(mine)) {
                post.send(to, message);
            }
        });
        reactor.after(timeout, () -> {
            if (waiting.remove(mine) != null) {
                answer.completeExceptionally(new TimeoutException(to + " did not answer"));
            }
        });
    }
}
