package io.skep.transport;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One request of this node to another: from the call until its answer, failure or time-out. Event loop only, but for {@link #answer()}. */
final class Call {
    private final String subject;
    private final byte[] body;
    private final Duration timeout;
    private final long begun = System.nanoTime();
    private final CompletableFuture<byte[]> answer = new CompletableFuture<>();
    private final List<Runnable> whenOver = new ArrayList<>(3);
    private @Nullable Body arriving;
    private boolean sent;
    private boolean over;

    Call(String subject, byte[] body, Duration timeout) {
        this.subject = subject;
        this.body = body;
        this.timeout = timeout;
    }

    String subject() {
        return subject;
    }

    byte[] body() {
        return body;
    }

    Duration timeout() {
        return timeout;
    }

    /** What is left of the time-out, in nanoseconds; negative when it has passed. */
    long nanosLeft() {
        return timeout.toNanos() - (System.nanoTime() - begun);
    }

    /** For the caller, who cannot complete it. */
    CompletionStage<byte[]> answer() {
        return answer.minimalCompletionStage();
    }

    /** True until it has an answer, failure or time-out. */
    boolean open() {
        return !over;
    }

    /** Runs once when it is no longer open. */
    void whenOver(Runnable action) {
        whenOver.add(action);
    }

    /** Notes that the peer may have it. */
    void sent() {
        sent = true;
    }

    /** Of a call that was not sent, the other node has certainly seen nothing. */
    void timeOut(String node) {
        String within = " within " + timeout.toMillis() + " ms";
        fail(
                sent
                        ? new SkepException(ErrorCode.TIMED_OUT, node + " did not answer '" + subject + "'" + within)
                        : new SkepException(ErrorCode.PART_MISSING, node + " could not be reached" + within));
    }

    void arrive(int total, ByteBuffer piece) {
        arriving = new Body(total, piece);
        completeIfWhole(arriving);
    }

    void arrive(ByteBuffer piece) {
        if (arriving != null) {
            arriving.add(piece);
            completeIfWhole(arriving);
        }
    }

    private void completeIfWhole(Body body) {
        if (body.complete()) {
            complete(body.bytes());
        }
    }

    void complete(byte[] bytes) {
        if (end()) {
            answer.complete(bytes);
        }
    }

    void fail(SkepException failure) {
        if (end()) {
            answer.completeExceptionally(failure);
        }
    }

    private boolean end() {
        if (over) {
            return false;
        }
        over = true;
        whenOver.forEach(Runnable::run);
        return true;
    }
}
