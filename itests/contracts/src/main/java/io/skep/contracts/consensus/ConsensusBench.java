package io.skep.contracts.consensus;

import io.skep.api.consensus.Consensus;
import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.Leadership;
import io.skep.api.consensus.StateMachine;
import io.skep.contracts.Await;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The figures of docs/benchmarks.md, for any engine; no part of the tests. A subclass is run with {@code mvn test -Dtest=…} in the engine's
 * bundle and prints into {@code target/surefire-reports/*-output.txt}. The directory of {@code java.io.tmpdir} must be on the disk to be
 * measured.
 */
public abstract class ConsensusBench {
    private static final List<String> THREE = List.of("a", "b", "c");
    private static final int ROUNDS = 5;
    private static final byte[] COMMAND = new byte[1024];

    private Path root;

    protected abstract SwarmUnderTest swarm();

    @BeforeEach
    final void start(@TempDir Path directory) {
        root = directory;
    }

    /** Applies nothing, so that only the engine is measured. */
    private static final class Echo implements StateMachine {
        @Override
        public byte[] apply(long index, byte[] command) {
            return new byte[8];
        }

        @Override
        public void save(OutputStream out) {}

        @Override
        public void load(InputStream in) {}
    }

    @Test
    void oneMember() {
        for (int round = 0; round < ROUNDS; round++) {
            String id = "lone" + round;
            for (String directory : List.of("fresh", "existing")) {
                try (SwarmUnderTest swarm = swarm()) {
                    long begin = System.nanoTime();
                    Group group = open(swarm.engine(id), id, List.of(id));
                    awaitLeader(group);
                    report("one member, " + directory + " directory, open to leader", millisSince(begin), "ms");
                    figures("one member", group);
                    group.close();
                }
            }
        }
    }

    @Test
    void threeMembers() {
        Map<String, Group> groups = new TreeMap<>();
        try (SwarmUnderTest swarm = swarm()) {
            THREE.forEach(id -> groups.put(id, open(swarm.engine(id), id, THREE)));
            groups.values().forEach(ConsensusBench::awaitLeader);
            for (int round = 0; round < ROUNDS; round++) {
                figures("three members", leader(groups));
            }
            System.gc();
            Runtime jvm = Runtime.getRuntime();
            report("three members, heap after the writes", (jvm.totalMemory() - jvm.freeMemory()) >> 20, "MB");
            report("three members, threads", Thread.activeCount(), "");
            failOver(swarm, groups);
            groups.values().forEach(Group::close);
        }
    }

    private static void failOver(SwarmUnderTest swarm, Map<String, Group> groups) {
        List<Long> gaps = new ArrayList<>();
        for (int round = 0; round < 4 * ROUNDS; round++) {
            Group old = leader(groups);
            String oldId = old.leadership().leader().orElseThrow();
            Group other = groups.values().stream()
                    .filter(group -> !group.leadership().local())
                    .findFirst()
                    .orElseThrow();
            long begin = System.nanoTime();
            swarm.cut(oldId);
            Await.answer(other.submit(COMMAND));
            gaps.add(millisSince(begin));
            swarm.heal();
            groups.values().forEach(group -> Await.answer(group.barrier()));
        }
        Collections.sort(gaps);
        report("three members, leader cut off to next answer, median", gaps.get(gaps.size() / 2), "ms");
        report("three members, leader cut off to next answer, worst", gaps.get(gaps.size() - 1), "ms");
    }

    private Group open(Consensus engine, String id, List<String> members) {
        return engine.open(new GroupConfig("benchmark", id, root.resolve(id), members), new Echo());
    }

    private static void awaitLeader(Group group) {
        CompletableFuture<Leadership> led = new CompletableFuture<>();
        group.onLeadership(leadership -> {
            if (leadership.leader().isPresent()) {
                led.complete(leadership);
            }
        });
        Await.answer(led);
    }

    private static Group leader(Map<String, Group> groups) {
        return groups.values().stream()
                .filter(group -> group.leadership().local())
                .findFirst()
                .orElseThrow();
    }

    private static void figures(String where, Group group) {
        for (int outstanding : List.of(1, 32, 64)) {
            int count = outstanding == 1 ? 300 : 10_000;
            String what = where + ", writes of 1 KiB, " + outstanding + " outstanding";
            report(what, perSecond(() -> group.submit(COMMAND), count, outstanding), "/s");
        }
        report(where + ", barriers, 1 outstanding", perSecond(group::barrier, 300, 1), "/s");
    }

    /** Something that the group is asked for again and again. */
    @FunctionalInterface
    private interface Request {
        CompletionStage<?> make();
    }

    private static long perSecond(Request request, int count, int outstanding) {
        Deque<CompletionStage<?>> open = new ArrayDeque<>();
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            if (open.size() == outstanding) {
                Await.answer(open.remove());
            }
            open.add(request.make());
        }
        open.forEach(Await::answer);
        return count * 1_000_000_000L / (System.nanoTime() - begin);
    }

    private static long millisSince(long begin) {
        return (System.nanoTime() - begin) / 1_000_000;
    }

    private static void report(String what, long figure, String unit) {
        System.out.println(what + ": " + figure + " " + unit);
    }
}
