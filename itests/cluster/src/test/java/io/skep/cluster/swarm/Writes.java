package io.skep.cluster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Commands that write, at each of some managers one after the other, until it is ended: which were acknowledged, and how long none was. At a manager
 * whose node is off they end by themselves.
 */
final class Writes {
    private static final String CONTENT = "/srv/word";

    private final String name;
    private final BlockingQueue<Long> times = new LinkedBlockingQueue<>();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;
    private long last = System.nanoTime();
    private long longest;

    private Writes(String name) {
        this.name = name;
    }

    /**
     * Begins.
     *
     * @param name with which all that is written begins
     */
    static Writes begin(List<Host> managers, String name) {
        Writes writes = new Writes(name);
        for (Host manager : managers) {
            manager.run("bash", "-c", "echo word >" + CONTENT).text();
            Thread thread = new Thread(() -> writes.loop(manager), "test-writes-" + manager.name());
            thread.setDaemon(true);
            thread.start();
            writes.threads.add(thread);
        }
        return writes;
    }

    private void loop(Host manager) {
        Output output;
        int number = 0;
        do {
            String one = name + "-" + manager.name() + "-" + number++;
            output = manager.skep("swarm:config-create", one, CONTENT);
            if (output.succeeded()) {
                acknowledged.add(one);
                times.add(System.nanoTime());
            } else {
                failures.add(one + ": " + output.err());
            }
        } while (!over && output.code() < Output.UNREACHABLE);
    }

    /** Waits for so many acknowledgements more. */
    void awaitMore(int count) throws InterruptedException {
        drain();
        for (int i = 0; i < count; i++) {
            Long time = times.poll(Swarm.PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
            assertThat(time).as("nothing is written any more: %s", failures).isNotNull();
            note(List.of(time));
        }
    }

    private void drain() {
        List<Long> more = new ArrayList<>();
        times.drainTo(more);
        note(more);
    }

    private void note(List<Long> more) {
        for (long time : more) {
            longest = Math.max(longest, time - last);
            last = Math.max(last, time);
        }
    }

    /** Ends once the commands under way have ended; the longest time in which nothing was acknowledged. */
    Duration end() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join(Swarm.PATIENCE.toMillis());
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
        drain();
        note(List.of(System.nanoTime()));
        return Duration.ofNanos(longest);
    }

    /** What did not succeed, and why. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    int count() {
        return acknowledged.size();
    }

    /** What was acknowledged and is not there as this manager tells it. */
    Set<String> lost(Host manager) {
        Set<String> lost = new HashSet<>(acknowledged);
        Json.list(manager, "swarm:config-ls", "--json")
                .forEach(config -> lost.remove(config.at("/Spec/Name").asText()));
        return lost;
    }
}
