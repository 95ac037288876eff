package io.skep.transport;

import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/** A request or an answer on its way out, cut into frames. */
final class Parcel {
    private final long id;
    private final String subject;
    private final ByteBuffer body;
    private final BooleanSupplier wanted;
    private boolean begun;

    /**
     * @param subject empty for an answer
     * @param wanted asked before the first frame
     */
    Parcel(long id, String subject, ByteBuffer body, BooleanSupplier wanted) {
        this.id = id;
        this.subject = subject;
        this.body = body;
        this.wanted = wanted;
    }

    boolean isRequest() {
        return !subject.isEmpty();
    }

    boolean unwanted() {
        return !begun && !wanted.getAsBoolean();
    }

    int left() {
        return body.remaining();
    }

    boolean finished() {
        return begun && !body.hasRemaining();
    }

    Frame next() {
        int total = body.remaining();
        ByteBuffer piece = body.slice(body.position(), Math.min(total, Frames.PIECE));
        body.position(body.position() + piece.remaining());
        boolean first = !begun;
        begun = true;
        if (isRequest()) {
            return first ? new Frame.Request(id, subject, total, piece) : new Frame.RequestMore(id, piece);
        }
        return first ? new Frame.Answer(id, total, piece) : new Frame.AnswerMore(id, piece);
    }
}
