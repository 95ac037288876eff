package io.skep.transport;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * This node's way to one other node: its connections, whoever opened them, and the requests that wait for one. All requests take the
 * same connection as long as it lasts, so that they keep their order. Event loop only.
 */
final class Link {
    /** Two are enough: nodes may open one each at the same time. More are remains of which the other side knows nothing. */
    private static final int MOST_CONNECTIONS = 4;

    private final String nodeId;
    private final Road road;
    private final Pace pace;
    private final Backoff backoff;
    private final Deque<Call> waiting = new ArrayDeque<>();
    private final List<Connection> connections = new ArrayList<>();
    /** Left, and nobody has said yet that all requests sent there reached their handlers. */
    private final Set<Connection> leaving = new HashSet<>();

    private @Nullable Connection current;
    private boolean dialing;
    private boolean retryPlanned;
    private long patientUntil = System.nanoTime();
    private int calls;
    private long bytes;

    /** What a link needs of the transport. */
    interface Road {
        /** The address to try, where there are two in turn. */
        Optional<String> address(String nodeId, int failures);

        /** Opens a connection; the answer is {@link Link#add} or {@link Link#failed}. */
        void dial(String nodeId, String address);

        /** Runs {@code task} later on the event loop. */
        void after(Duration delay, Runnable task);

        /** Throws when the peer is not to be spoken with. */
        void admit(Connection connection);
    }

    Link(String nodeId, Road road, Pace pace) {
        this.nodeId = nodeId;
        this.road = road;
        this.pace = pace;
        this.backoff = new Backoff(pace, () -> ThreadLocalRandom.current().nextDouble());
    }

    void send(Call call) {
        if (calls >= Limits.MEMBER.requests() || bytes + call.body().length > Limits.MEMBER.bytes()) {
            call.fail(new SkepException(
                    ErrorCode.EXHAUSTED, "too many requests to node " + nodeId + " are under way; repeat it later"));
            return;
        }
        calls++;
        bytes += call.body().length;
        call.whenOver(() -> {
            calls--;
            bytes -= call.body().length;
        });
        waiting.add(call);
        flush();
    }

    /** A connection with this node stands. */
    void add(Connection connection) {
        connections.add(connection);
        if (connection.party().opened()) {
            dialing = false;
        } else {
            backoff.reset();
        }
        if (connections.size() > MOST_CONNECTIONS) {
            connections
                    .get(0)
                    .end(new SkepException(ErrorCode.PART_MISSING, "node " + nodeId + " opened newer connections"));
        }
        flush();
    }

    /** The try to open a connection failed. */
    void failed(SkepException why) {
        dialing = false;
        backoff.failed(why, System.nanoTime());
        flush();
    }

    /** Moves to a new connection. What is under way on this one is finished there. */
    void replace(Connection connection) {
        if (connection == current) {
            current = null;
            leaving.add(connection);
        }
        connection.leave();
        patientUntil = System.nanoTime() + pace.replacement().toNanos();
        if (connection.party().opened() && usable() == null) {
            connect();
        }
        flush();
    }

    /** What was sent on a connection that is left has reached its handlers, or never will. */
    void left(Connection connection) {
        leaving.remove(connection);
        flush();
    }

    /** A connection is closed. */
    void gone(Connection connection, SkepException why) {
        connections.remove(connection);
        leaving.remove(connection);
        if (connection == current) {
            current = null;
        }
        if (connection.proven()) {
            backoff.reset();
        } else if (connection.party().opened()) {
            backoff.failed(why, System.nanoTime());
        }
        flush();
    }

    /** The node may be elsewhere. */
    void addressChanged() {
        backoff.reset();
        flush();
    }

    /** Fails what waits. */
    void stop(SkepException why) {
        failWaiting(why);
    }

    private void flush() {
        while (!waiting.isEmpty() && !waiting.element().open()) {
            waiting.remove();
        }
        if (waiting.isEmpty() || !leaving.isEmpty()) {
            return;
        }
        if (current == null || !current.usable()) {
            current = usable();
        }
        if (current == null) {
            connect();
        } else {
            sendAll(current);
        }
    }

    private @Nullable Connection usable() {
        return connections.stream().filter(Connection::usable).findFirst().orElse(null);
    }

    private void sendAll(Connection connection) {
        for (Call call = waiting.poll(); call != null; call = waiting.poll()) {
            if (!call.open()) {
                continue;
            }
            try {
                road.admit(connection);
                connection.send(call);
            } catch (SkepException e) {
                call.fail(e);
            }
        }
    }

    private void connect() {
        if (dialing) {
            return;
        }
        SkepException waits = backoff.waitsFor(System.nanoTime());
        Optional<String> address = road.address(nodeId, backoff.failures());
        if (waits != null) {
            giveUpOrRetry(waits);
        } else if (address.isEmpty()) {
            giveUpOrRetry(new SkepException(
                    ErrorCode.PART_MISSING, "node " + nodeId + " cannot be reached: its address is not known here"));
        } else {
            dialing = true;
            road.dial(nodeId, address.get());
        }
    }

    /** While a connection was left and its successor is not there, requests have patience. */
    private void giveUpOrRetry(SkepException why) {
        if (System.nanoTime() - patientUntil >= 0) {
            failWaiting(why);
        } else if (!retryPlanned) {
            retryPlanned = true;
            Duration wait = backoff.left(System.nanoTime());
            road.after(wait.isZero() ? pace.tick() : wait, () -> {
                retryPlanned = false;
                flush();
            });
        }
    }

    private void failWaiting(SkepException why) {
        for (Call call = waiting.poll(); call != null; call = waiting.poll()) {
            call.fail(why);
        }
    }
}
