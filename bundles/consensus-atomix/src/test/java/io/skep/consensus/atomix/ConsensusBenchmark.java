package io.skep.consensus.atomix;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The figures of docs/benchmarks.md; not part of the tests. Run it with {@code mvn -f bundles/consensus-atomix/pom.xml test
 * -Dtest=ConsensusBenchmark} and read {@code target/surefire-reports/*ConsensusBenchmark-output.txt}. The directory of
 * {@code java.io.tmpdir} must be on the disk to be measured.
 */
final class ConsensusBenchmark {
    private static final List<String> THREE = List.of("a", "b", "c");
    private static final int ROUNDS = 5;
    private static final byte[] COMMAND = new byte[1024];

    private final Path root;

    ConsensusBenchmark(@TempDir Path root) {
        this.root = root;
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
                try (AtomixSwarm swarm = new AtomixSwarm()) {
                    long begin = System.nanoTime();
                    Group group = open(swarm.engine(id), id, List.of(id));
                    awaitLeader(group);
                    report("one member, " + directory + " directory, open to leader", millisSince(begin), "ms");
                    writes("one member", group);
                }
            }
        }
    }

    @Test
    void threeMembers() {
        try (AtomixSwarm swarm = new AtomixSwarm()) {
            Map<String, Group> groups = new TreeMap<>();
            THREE.forEach(id -> groups.put(id, open(swarm.engine(id), id, THREE)));
            groups.values().forEach(ConsensusBenchmark::awaitLeader);
            for (int round = 0; round < ROUNDS; round++) {
                writes("three members", leader(groups));
            }
            failOver(swarm, groups);
        }
    }

    private static void failOver(AtomixSwarm swarm, Map<String, Group> groups) {
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

    private static void writes(String where, Group group) {
        report(where + ", writes of 1 KiB, 1 outstanding", writesPerSecond(group, 300, 1), "/s");
        report(where + ", writes of 1 KiB, 64 outstanding", writesPerSecond(group, 10_000, 64), "/s");
    }

    private static long writesPerSecond(Group group, int count, int outstanding) {
        Deque<CompletionStage<byte[]>> open = new ArrayDeque<>();
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            if (open.size() == outstanding) {
                Await.answer(open.remove());
            }
            open.add(group.submit(COMMAND));
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
