package io.skep.gossip.atomix;

import io.skep.api.gossip.Gossip;
import io.skep.api.gossip.Member.Liveness;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Figures of the engine, not assertions: {@code mvn -f bundles/gossip-atomix/pom.xml test -Dtest=GossipMeasurement}; they
 * are in {@code target/surefire-reports}.
 */
class GossipMeasurement {
    private static final Logger LOG = LoggerFactory.getLogger(GossipMeasurement.class);
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final int ROUNDS = 200;
    private static final int LOSSES = 5;
    /** How long a node is away before its cut heals. */
    private static final List<Duration> AWAY =
            Stream.of(10, 15, 20, 25, 30).map(Duration::ofSeconds).toList();

    @Test
    void threeNodes() {
        measure(3);
    }

    @Test
    void twentyNodes() {
        measure(20);
    }

    @Test
    void hundredNodes() {
        measure(100);
    }

    @Test
    void oneIdleNode() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long heapBefore = heap();
        int threadsBefore = threads.getThreadCount();
        try (SocketSwarm swarm = new SocketSwarm()) {
            swarm.start("one");
            swarm.until(() -> false, Duration.ofSeconds(2));
            long heap = heap() - heapBefore;
            long cpuBefore = cpuNanos(threads);
            swarm.until(() -> false, IDLE);
            long cpu = cpuNanos(threads) - cpuBefore;
            LOG.info(
                    "one idle node: {} threads, {} KiB heap, {} ms cpu a second",
                    threads.getThreadCount() - threadsBefore,
                    heap / 1024,
                    millis(cpu / IDLE.toSeconds()));
        }
    }

    private static void measure(int count) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long heapBefore = heap();
        int threadsBefore = threads.getThreadCount();
        try (SocketSwarm swarm = new SocketSwarm()) {
            long begin = System.nanoTime();
            List<Gossip> nodes = start(swarm, count);
            LOG.info("{} nodes came one after the other within {} ms", count, millis(System.nanoTime() - begin));
            publish(swarm, nodes);
            LOG.info(
                    "{} nodes: {} threads and {} KiB heap each",
                    count,
                    (threads.getThreadCount() - threadsBefore) / count,
                    (heap() - heapBefore) / count / 1024);
            long cpuBefore = cpuNanos(threads);
            swarm.until(() -> false, IDLE);
            LOG.info(
                    "{} nodes: {} ms cpu a second each when idle",
                    count,
                    millis((cpuNanos(threads) - cpuBefore) / IDLE.toSeconds() / count));
            heal(swarm, nodes);
            lose(swarm, nodes);
        }
    }

    /** How soon after a cut of one node heals all know what was stated meanwhile. */
    private static void heal(SocketSwarm swarm, List<Gossip> nodes) {
        String apart = nodes.get(nodes.size() - 1).nodeId();
        List<Long> took = new ArrayList<>();
        for (Duration away : AWAY) {
            byte[] value = away.toString().getBytes(StandardCharsets.US_ASCII);
            swarm.cut(apart);
            swarm.until(() -> false, away);
            nodes.forEach(node -> node.publish("endpoints", Map.of("round", value)));
            if (!swarm.until(() -> agree(nodes.subList(0, nodes.size() - 1), value), DEADLINE)) {
                throw new AssertionError("those together do not agree");
            }
            long begin = System.nanoTime();
            swarm.heal();
            if (!swarm.until(() -> agree(nodes, value), DEADLINE)) {
                throw new AssertionError("they do not agree after a cut of " + away);
            }
            took.add(System.nanoTime() - begin);
        }
        tell(nodes.size() + " nodes agree after a cut of 10 to 30 s heals", took);
    }

    private static boolean agree(List<Gossip> nodes, byte[] value) {
        return nodes.stream().allMatch(node -> nodes.stream().allMatch(owner -> sees(node, owner.nodeId(), value)));
    }

    /** One after the other: a hundred that come at once would keep two processors busy for minutes, and hold one another for dead. */
    private static List<Gossip> start(SocketSwarm swarm, int count) {
        List<Gossip> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Gossip node = swarm.start(String.format(Locale.ROOT, "node-%03d", i));
            if (i > 0) {
                node.seed(List.of(nodes.get(0).members().get(0).address()));
            }
            nodes.add(node);
            if (!swarm.until(() -> nodes.stream().allMatch(one -> one.members().size() == nodes.size()), DEADLINE)) {
                throw new AssertionError(nodes.size() + " nodes did not meet");
            }
        }
        return nodes;
    }

    private static void publish(SocketSwarm swarm, List<Gossip> nodes) {
        long[] took = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            byte[] value = String.valueOf(i).getBytes(StandardCharsets.US_ASCII);
            Gossip owner = nodes.get(i % nodes.size());
            long begin = System.nanoTime();
            owner.publish("endpoints", Map.of("round", value));
            if (!swarm.until(() -> nodes.stream().allMatch(node -> sees(node, owner.nodeId(), value)), DEADLINE)) {
                throw new AssertionError("round " + i + " was lost");
            }
            took[i] = System.nanoTime() - begin;
        }
        Arrays.sort(took, ROUNDS / 2, ROUNDS);
        long[] warm = Arrays.copyOfRange(took, ROUNDS / 2, ROUNDS);
        LOG.info(
                "{} nodes: publish to seen by all, median {} ms, 99th percentile {} ms, worst {} ms",
                nodes.size(),
                millis(warm[warm.length / 2]),
                millis(warm[warm.length * 99 / 100]),
                millis(warm[warm.length - 1]));
    }

    private static boolean sees(Gossip node, String owner, byte[] value) {
        return Arrays.equals(
                node.table("endpoints").getOrDefault(owner, Map.of()).get("round"), value);
    }

    private static void lose(SocketSwarm swarm, List<Gossip> nodes) {
        List<Gossip> left = new ArrayList<>(nodes);
        List<Long> suspected = new ArrayList<>();
        List<Long> dead = new ArrayList<>();
        for (int i = 0; i < Math.min(LOSSES, nodes.size() - 2); i++) {
            String gone = left.remove(left.size() - 1).nodeId();
            long begin = System.nanoTime();
            swarm.stop(gone);
            swarm.until(() -> left.stream().anyMatch(node -> liveness(node, gone) != Liveness.ALIVE), DEADLINE);
            suspected.add(System.nanoTime() - begin);
            swarm.until(() -> left.stream().allMatch(node -> liveness(node, gone) == Liveness.DEAD), DEADLINE);
            dead.add(System.nanoTime() - begin);
        }
        tell(nodes.size() + " nodes: a lost node is suspect somewhere", suspected);
        tell(nodes.size() + " nodes: a lost node is dead everywhere", dead);
    }

    private static void tell(String what, List<Long> took) {
        took.sort(null);
        LOG.info(
                "{}: median of {} {} ms ({} to {})",
                what,
                took.size(),
                millis(took.get(took.size() / 2)),
                millis(took.get(0)),
                millis(took.get(took.size() - 1)));
    }

    private static Liveness liveness(Gossip node, String id) {
        return node.members().stream()
                .filter(member -> member.nodeId().equals(id))
                .findFirst()
                .orElseThrow()
                .liveness();
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static long cpuNanos(ThreadMXBean threads) {
        return Arrays.stream(threads.getAllThreadIds())
                .map(threads::getThreadCpuTime)
                .filter(time -> time > 0)
                .sum();
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / 1e6);
    }
}
