package io.skep.transport;

import io.skep.model.ErrorCode;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent on one connection, and the order in which it goes: signals and failures at once, what fits into one frame before
 * pieces of larger bodies, and those in turn. Requests of one subject keep their order.
 */
final class Outbox {
    /** So many small messages in a row, then a piece of a large one, which must not wait for ever. */
    private static final int SMALL_RUN = 8;

    private final Deque<Frame> urgent = new ArrayDeque<>();
    private final Map<String, Lane> subjects = new HashMap<>();
    private final Deque<Lane> small = new ArrayDeque<>();
    private final Deque<Lane> large = new ArrayDeque<>();
    private int run;
    private int requests;
    private long bytes;
    private @Nullable Frame last;

    /** Messages that go one after another. */
    private static final class Lane {
        private final String subject;
        private final Deque<Parcel> parcels = new ArrayDeque<>();

        private Lane(String subject) {
            this.subject = subject;
        }
    }

    void urgent(Frame frame) {
        urgent.add(frame);
    }

    void failure(long id, ErrorCode code, String message) {
        urgent.add(new Frame.Failure(id, code, message));
    }

    /**
     * Appends a request.
     *
     * @param wanted false when nobody waits for the answer any more; then it is not begun
     */
    void request(long id, String subject, byte[] body, BooleanSupplier wanted) {
        Lane lane = subjects.computeIfAbsent(subject, Lane::new);
        lane.parcels.add(new Parcel(id, subject, ByteBuffer.wrap(body), wanted));
        requests++;
        bytes += body.length;
        if (lane.parcels.size() == 1) {
            queue(lane);
        }
    }

    void answer(long id, byte[] body) {
        Lane lane = new Lane("");
        lane.parcels.add(new Parcel(id, "", ByteBuffer.wrap(body), () -> true));
        bytes += body.length;
        queue(lane);
    }

    /** Sends {@code frame} once every request given before has gone. */
    void afterRequests(Frame frame) {
        last = frame;
    }

    /** Bytes of bodies that wait. */
    long bytes() {
        return bytes;
    }

    boolean empty() {
        return urgent.isEmpty() && small.isEmpty() && large.isEmpty() && last == null;
    }

    /** Takes the next frame out; null when there is none. */
    @Nullable
    Frame next() {
        Frame first = urgent.poll();
        if (first != null) {
            return first;
        }
        for (Lane lane = choose(); lane != null; lane = choose()) {
            Frame piece = piece(lane);
            if (piece != null) {
                return piece;
            }
        }
        return requests == 0 ? takeLast() : null;
    }

    private @Nullable Frame takeLast() {
        Frame frame = last;
        last = null;
        return frame;
    }

    private @Nullable Lane choose() {
        boolean largeOnes = small.isEmpty() || (run >= SMALL_RUN && !large.isEmpty());
        run = largeOnes ? 0 : run + 1;
        return largeOnes ? large.poll() : small.poll();
    }

    private @Nullable Frame piece(Lane lane) {
        Parcel parcel = lane.parcels.element();
        if (parcel.unwanted()) {
            bytes -= parcel.left();
            done(lane);
            return null;
        }
        long before = parcel.left();
        Frame piece = parcel.next();
        bytes -= before - parcel.left();
        if (parcel.finished()) {
            done(lane);
        } else {
            queue(lane);
        }
        return piece;
    }

    private void done(Lane lane) {
        Parcel parcel = lane.parcels.remove();
        if (parcel.isRequest()) {
            requests--;
        }
        if (!lane.parcels.isEmpty()) {
            queue(lane);
        } else if (parcel.isRequest()) {
            subjects.remove(lane.subject);
        }
    }

    private void queue(Lane lane) {
        (lane.parcels.element().left() <= Frames.PIECE ? small : large).add(lane);
    }
}
