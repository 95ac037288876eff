package io.skep.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class OutboxTest {
    private static final int LARGE = 10 * Frames.PIECE;

    private final Outbox outbox = new Outbox();

    /** All that waits, one letter a frame: r and a begin a request or an answer, + goes on, each with its number. */
    private List<String> drain() {
        List<String> told = new ArrayList<>();
        for (Frame frame = outbox.next(); frame != null; frame = outbox.next()) {
            told.add(told(frame));
        }
        return told;
    }

    private Frame next() {
        return Objects.requireNonNull(outbox.next());
    }

    private static String told(Frame frame) {
        if (frame instanceof Frame.Request request) {
            return "r" + request.id();
        } else if (frame instanceof Frame.Answer answer) {
            return "a" + answer.id();
        } else if (frame instanceof Frame.RequestMore more) {
            return "+" + more.id();
        } else if (frame instanceof Frame.AnswerMore more) {
            return "+" + more.id();
        }
        return frame.toString();
    }

    private void request(long id, String subject, int length) {
        outbox.request(id, subject, new byte[length], () -> true);
    }

    @Test
    void sendsSmallMessagesBetweenThePiecesOfLargeOnes() {
        request(1, "large", LARGE);
        List<String> begun = List.of(told(next()), told(next()));
        request(2, "small", 10);
        outbox.urgent(Frame.Signal.PING);

        assertThat(begun).containsExactly("r1", "+1");
        assertThat(drain()).startsWith("PING", "r2", "+1").hasSize(2 + 8);
        assertThat(outbox.empty()).isTrue();
        assertThat(outbox.bytes()).isZero();
    }

    @Test
    void letsLargeMessagesTakeTurns() {
        request(1, "one", 3 * Frames.PIECE);
        outbox.answer(2, new byte[3 * Frames.PIECE]);

        // a last piece is as good as a small message
        assertThat(drain()).containsExactly("r1", "a2", "+1", "+1", "+2", "+2");
    }

    @Test
    void keepsTheOrderOfASubjectAcrossSizes() {
        request(1, "log", 2 * Frames.PIECE);
        request(2, "log", 1);
        request(3, "log", 2 * Frames.PIECE);
        request(4, "log", 1);

        assertThat(drain()).containsExactly("r1", "+1", "r2", "r3", "+3", "r4");
    }

    @Test
    void doesNotStarveLargeMessages() {
        request(1, "large", 2 * Frames.PIECE);
        for (int i = 2; i < 100; i++) {
            request(i, "s" + i, 1);
        }

        assertThat(drain().indexOf("r1")).isEqualTo(8);
    }

    @Test
    void doesNotBeginWhatNobodyWaitsForAnyMore() {
        AtomicBoolean wanted = new AtomicBoolean(true);
        outbox.request(1, "log", new byte[LARGE], wanted::get);
        outbox.request(2, "log", new byte[LARGE], wanted::get);
        outbox.next();
        wanted.set(false);

        assertThat(drain()).hasSize(9).containsOnly("+1");
        assertThat(outbox.bytes()).isZero();
        assertThat(outbox.empty()).isTrue();
    }

    @Test
    void saysTheLastWordAfterTheLastRequest() {
        request(1, "log", 2 * Frames.PIECE);
        outbox.afterRequests(Frame.Signal.LEAVE);
        outbox.answer(2, new byte[1]);

        assertThat(drain()).containsExactly("a2", "r1", "+1", "LEAVE");
        assertThat(outbox.empty()).isTrue();
    }

    @Test
    void sendsBodiesWhole() {
        byte[] sent = new byte[LARGE + 5];
        new Random(1).nextBytes(sent);
        outbox.answer(1, sent);
        Frame.Answer first = (Frame.Answer) next();
        Body body = new Body(first.total(), first.piece());
        for (Frame frame = outbox.next(); frame != null; frame = outbox.next()) {
            body.add(((Frame.AnswerMore) frame).piece());
        }

        assertThat(body.complete()).isTrue();
        assertThat(body.bytes()).isEqualTo(sent);
    }
}
