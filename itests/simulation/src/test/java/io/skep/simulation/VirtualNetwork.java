package io.skep.simulation;

import io.skep.api.transport.Access;
import io.skep.api.transport.Handler;
import io.skep.api.transport.Peer;
import io.skep.api.transport.Transport;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A network in virtual time that delays, loses and repeats messages, and whose links can be cut each way. */
final class VirtualNetwork {
    private static final Duration DELAY = Duration.ofMillis(5);
    private final Timeline timeline;
    private final Map<String, Station> stations = new HashMap<>();
    private final Set<String> cuts = new HashSet<>();
    private final Map<String, Instant> lastArrival = new HashMap<>();
    private int lost;
    private int repeated;

    VirtualNetwork(Timeline timeline) {
        this.timeline = timeline;
    }

    Transport join(SimulatedNode node) {
        Station station = new Station(node);
        stations.put(node.nodeId(), station);
        return station;
    }

    /** Ends a node's station; what it still sends is lost, and nothing reaches it. */
    void leave(String nodeId) {
        stations.remove(nodeId);
    }

    /** Loses everything from one node to another. */
    void cut(String from, String to) {
        cuts.add(from + ">" + to);
    }

    /** How many of a hundred messages are lost, and how many come twice. */
    void trouble(int loss, int repetition) {
        lost = loss;
        repeated = repetition;
    }

    void heal() {
        cuts.clear();
        trouble(0, 0);
    }

    private boolean passes(Station from, Station to) {
        String one = from.node.nodeId();
        String other = to.node.nodeId();
        return stations.get(one) == from
                && stations.get(other) == to
                && (from == to || (!cuts.contains(one + ">" + other) && !timeline.chance(lost)));
    }

    /** One node on the network. */
    private final class Station implements Transport {
        private final SimulatedNode node;
        private final Map<String, Served> served = new HashMap<>();

        private record Served(Access access, Handler handler) {}

        Station(SimulatedNode node) {
            this.node = node;
        }

        @Override
        public CompletionStage<byte[]> request(String nodeId, String subject, byte[] body, Duration timeout) {
            CompletableFuture<byte[]> answer = new CompletableFuture<>();
            timeline.after(timeout, () -> fail(answer, ErrorCode.TIMED_OUT, nodeId + " did not answer " + subject));
            Station peer = stations.get(nodeId);
            if (peer == null) {
                timeline.after(
                        timeline.upTo(Duration.ofSeconds(2)),
                        () -> fail(answer, ErrorCode.PART_MISSING, "cannot reach " + nodeId));
            } else {
                send(peer, subject, body.clone(), answer);
                if (peer != this && timeline.chance(repeated)) {
                    send(peer, subject, body.clone(), answer);
                }
            }
            return answer;
        }

        private void send(Station peer, String subject, byte[] body, CompletableFuture<byte[]> answer) {
            String stream = node.nodeId() + ">" + peer.node.nodeId() + "/" + subject;
            Instant before = lastArrival.getOrDefault(stream, Instant.MIN);
            Instant soon = timeline.now().plus(timeline.upTo(DELAY));
            Instant arrival = soon.isAfter(before) ? soon : before.plusNanos(1);
            lastArrival.put(stream, arrival);
            timeline.at(arrival, () -> {
                if (passes(this, peer)) {
                    peer.handle(this, subject, body)
                            .whenComplete((bytes, failure) -> timeline.after(timeline.upTo(DELAY), () -> {
                                if (passes(peer, this)) {
                                    settle(answer, bytes, failure);
                                }
                            }));
                }
            });
        }

        private CompletionStage<byte[]> handle(Station from, String subject, byte[] body) {
            Served found = served.get(subject);
            Peer peer = new Peer(from.node.nodeId(), from.node.role(), from == this ? "" : "127.0.0.1");
            if (found == null) {
                return failed(ErrorCode.NOT_FOUND, node.nodeId() + " serves no " + subject);
            } else if (from != this && !found.access().admits(peer)) {
                return failed(ErrorCode.FORBIDDEN, subject + " is not for " + peer.nodeId());
            }
            try {
                return found.handler().handle(peer, body);
            } catch (RuntimeException failure) {
                return CompletableFuture.failedFuture(failure);
            }
        }

        @Override
        public Registration serve(String subject, Access access, Handler handler) {
            Served added = new Served(access, handler);
            if (served.putIfAbsent(subject, added) != null) {
                throw new SkepException(ErrorCode.ALREADY_EXISTS, node.nodeId() + " serves " + subject + " already");
            }
            return () -> served.remove(subject, added);
        }

        @Override
        public void learn(String nodeId, String address) {
            // nodes find one another by id alone
        }
    }

    private static void settle(CompletableFuture<byte[]> answer, byte @Nullable [] bytes, @Nullable Throwable failure) {
        if (bytes != null) {
            answer.complete(bytes.clone());
        } else {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            ErrorCode code = cause instanceof SkepException known ? known.code() : ErrorCode.FAILED;
            fail(answer, code, String.valueOf(cause == null ? null : cause.getMessage()));
        }
    }

    private static void fail(CompletableFuture<byte[]> answer, ErrorCode code, String message) {
        if (!answer.isDone()) {
            answer.completeExceptionally(new SkepException(code, message));
        }
    }

    private static CompletionStage<byte[]> failed(ErrorCode code, String message) {
        return CompletableFuture.failedFuture(new SkepException(code, message));
    }
}
