package io.skep.transport;

import io.netty.handler.codec.CorruptedFrameException;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The requests that the other side of one connection has under way here. Event loop only. */
final class Incoming {
    private final Limits limits;
    private final Desk desk;
    private final Map<Long, Asked> underWay = new HashMap<>();
    private long bytes;

    /** Where requests are answered, and where answers go. */
    interface Desk {
        /** Called on the event loop. */
        CompletionStage<byte[]> answer(String subject, byte[] body);

        /** Brings {@code reply} onto the event loop. */
        void onLoop(Runnable reply);

        /** Sends an answer. */
        void reply(long id, byte[] body);

        /** Sends a failure. */
        void refuse(long id, String subject, Throwable failure);
    }

    /** One request; without a body once it was refused, and until its last piece has come. */
    private static final class Asked {
        private final String subject;
        private final int total;
        private int missing;
        private @Nullable Body body;

        private Asked(String subject, int total) {
            this.subject = subject;
            this.total = total;
            this.missing = total;
        }
    }

    Incoming(Limits limits, Desk desk) {
        this.limits = limits;
        this.desk = desk;
    }

    /** True when nothing is under way. */
    boolean idle() {
        return underWay.isEmpty();
    }

    void request(Frame.Request frame) {
        Asked asked = new Asked(frame.subject(), frame.total());
        if (underWay.size() > 2 * limits.requests() || underWay.putIfAbsent(frame.id(), asked) != null) {
            throw new CorruptedFrameException("request " + frame.id() + " is under way, or too many are");
        }
        SkepException tooMuch = tooMuch(frame);
        if (tooMuch == null) {
            asked.body = new Body(frame.total(), frame.piece());
            bytes += asked.total;
        } else {
            desk.refuse(frame.id(), asked.subject, tooMuch);
        }
        arrived(frame.id(), asked, frame.piece().limit());
    }

    private @Nullable SkepException tooMuch(Frame.Request frame) {
        if (frame.total() > limits.body()) {
            return new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a request of " + frame.total() + " bytes is too large; at most " + limits.body() + " are taken");
        }
        return underWay.size() > limits.requests() || bytes + frame.total() > limits.bytes()
                ? new SkepException(ErrorCode.EXHAUSTED, "too many requests are under way; repeat it later")
                : null;
    }

    void more(Frame.RequestMore frame) {
        Asked asked = underWay.get(frame.id());
        if (asked == null || asked.missing == 0) {
            throw new CorruptedFrameException("a piece of request " + frame.id() + ", which has not begun");
        }
        if (asked.body != null) {
            asked.body.add(frame.piece());
        }
        arrived(frame.id(), asked, frame.piece().limit());
    }

    private void arrived(long id, Asked asked, int length) {
        asked.missing -= length;
        if (asked.missing > 0) {
            return;
        }
        if (asked.body == null) {
            underWay.remove(id);
        } else {
            hand(id, asked, asked.body.bytes());
        }
    }

    private void hand(long id, Asked asked, byte[] body) {
        desk.answer(asked.subject, body)
                .whenComplete((answer, failure) -> desk.onLoop(() -> reply(id, asked, answer, failure)));
    }

    private void reply(long id, Asked asked, byte @Nullable [] answer, @Nullable Throwable failure) {
        underWay.remove(id);
        bytes -= asked.total;
        if (failure != null) {
            desk.refuse(id, asked.subject, failure);
        } else if (answer == null || answer.length > Limits.MEMBER.body()) {
            desk.refuse(id, asked.subject, new IllegalStateException("the handler gave no answer that can be sent"));
        } else {
            desk.reply(id, answer);
        }
    }
}
