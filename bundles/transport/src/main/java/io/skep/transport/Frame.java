package io.skep.transport;

import io.skep.model.ErrorCode;
import java.nio.ByteBuffer;

/**
 * One message on a connection. Requests go both ways; each side numbers its own, and an answer or failure carries the number of
 * what it answers. A body goes in pieces, so that others get in between.
 */
sealed interface Frame {
    /** Begins a request whose body has {@code total} bytes. */
    record Request(long id, String subject, int total, ByteBuffer piece) implements Frame {}

    /** Goes on with a request's body. */
    record RequestMore(long id, ByteBuffer piece) implements Frame {}

    /** Begins an answer whose body has {@code total} bytes. */
    record Answer(long id, int total, ByteBuffer piece) implements Frame {}

    /** Goes on with an answer's body. */
    record AnswerMore(long id, ByteBuffer piece) implements Frame {}

    /** Instead of an answer. */
    record Failure(long id, ErrorCode code, String message) implements Frame {}

    /** The sender listens no more, and why. The receiver closes. */
    record Goodbye(ErrorCode code, String message) implements Frame {}

    /** What needs no words. */
    enum Signal implements Frame {
        /** Are you there? */
        PING(16),
        /** Yes. */
        PONG(17),
        /** The sender's last request on this connection is behind; its next ones come on another. */
        LEAVE(18),
        /** Everything before {@link #LEAVE} has reached its handler. */
        LEFT(19);

        private final int kind;

        Signal(int kind) {
            this.kind = kind;
        }

        /** What it is on the wire. */
        int kind() {
            return kind;
        }
    }
}
