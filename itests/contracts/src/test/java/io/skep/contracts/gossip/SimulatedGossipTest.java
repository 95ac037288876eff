package io.skep.contracts.gossip;

import io.skep.api.gossip.Gossip;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** Gossip in memory keeps the contract, in virtual time. */
class SimulatedGossipTest extends GossipContract {
    @Override
    protected GossipSwarm newSwarm() {
        return new VirtualSwarm();
    }

    /** Runs the network's timers in the order of their virtual time. */
    private static final class VirtualSwarm implements GossipSwarm {
        private final PriorityQueue<Timer> timers =
                new PriorityQueue<>(Comparator.comparing(Timer::due).thenComparing(Timer::number));
        private final SimulatedGossipNetwork network = new SimulatedGossipNetwork(this::after);
        private Duration now = Duration.ZERO;
        private long number;

        private record Timer(Duration due, long number, Runnable action) {}

        private void after(Duration delay, Runnable action) {
            timers.add(new Timer(now.plus(delay), ++number, action));
        }

        @Override
        public Gossip start(String nodeId) {
            return network.start(nodeId);
        }

        @Override
        public void stop(String nodeId) {
            network.stop(nodeId);
        }

        @Override
        public void cut(String nodeId) {
            network.cut(nodeId);
        }

        @Override
        public void heal() {
            network.heal();
        }

        @Override
        public boolean until(BooleanSupplier condition, Duration within) {
            Duration end = now.plus(within);
            while (!condition.getAsBoolean()) {
                Timer next = timers.peek();
                if (next == null || next.due().compareTo(end) > 0) {
                    now = end;
                    return false;
                }
                timers.remove();
                now = next.due();
                next.action().run();
            }
            return true;
        }

        @Override
        public void lookAgain() {
            // The condition is looked at after every timer anyway.
        }

        @Override
        public void close() {
            timers.clear();
        }
    }
}
