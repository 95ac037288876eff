package io.skep.gossip.atomix;

import java.net.InetAddress;
import java.time.Duration;

/**
 * How one engine runs.
 *
 * @param nodeId this node
 * @param ring what the swarm's nodes encrypt with
 * @param bind where the sockets listen
 * @param port 0 for any free one
 * @param advertise the numeric address that other nodes are told
 * @param run grows with every start of this node; the time of the start in milliseconds
 * @param pace how fast it looks for failures and differences
 */
record GossipSettings(String nodeId, KeyRing ring, InetAddress bind, int port, String advertise, long run, Pace pace) {

    /**
     * The intervals.
     *
     * @param probe between two probes of some member
     * @param probeTimeout until an unanswered probe makes others probe, or the member suspect
     * @param failureTimeout until a suspect that does not refute is dead
     * @param repair between two comparisons of what two nodes know
     * @param reconnect between two looks for members that are dead or only known by address
     * @param retention how long what a dead owner stated is kept
     */
    record Pace(
            Duration probe,
            Duration probeTimeout,
            Duration failureTimeout,
            Duration repair,
            Duration reconnect,
            Duration retention) {

        /** Loss is noticed after 1 to 1.7 s; a silence of up to 0.9 s has no consequence. */
        static final Pace NORMAL = of(Duration.ofMillis(200), Duration.ofMillis(700));

        static Pace of(Duration probe, Duration failureTimeout) {
            return new Pace(
                    probe,
                    probe.plusMillis(50),
                    failureTimeout,
                    Duration.ofMillis(500),
                    Duration.ofMillis(200),
                    Duration.ofHours(24));
        }
    }
}
