package io.skep.runtime.oci;

import io.skep.api.runtime.ContainerConfig;
import io.skep.contracts.runtime.Programs;
import io.skep.contracts.runtime.RuntimeBench;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures the verbs, printing milliseconds. Not part of the build: {@code mvn -f bundles/runtime-oci/pom.xml test -Dtest=OciTimings}. */
class OciTimings {
    private static final int ROUNDS = 20;

    @Test
    void measure(@TempDir Path scratch) throws Exception {
        String program = System.getProperty("skep.oci.program", "runc");
        try (RuntimeBench bench = lab(scratch).bench(program)) {
            System.out.println(bench.runtime().info().version());
            one(bench, "first of all");
            for (int i = 0; i < ROUNDS; i++) {
                one(bench, "");
            }
            print("one");
            for (int width : new int[] {2, 4, 8, 20}) {
                many(bench, width);
            }
        }
    }

    private final List<List<Double>> times = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    private static OciLab lab(Path scratch) throws IOException {
        return OciLab.open(scratch);
    }

    private void one(RuntimeBench bench, String label) {
        ContainerConfig config = sleeper(bench);
        List<Double> took = List.of(
                time(() -> bench.runtime().prepare(config)),
                time(() -> bench.runtime().start(config.id())),
                time(() -> bench.runtime().remove(config.id())));
        if (!label.isEmpty()) {
            System.out.printf(
                    "%s: prepare %.1f start %.1f remove %.1f ms%n", label, took.get(0), took.get(1), took.get(2));
            return;
        }
        IntStream.range(0, 3).forEach(i -> times.get(i).add(took.get(i)));
    }

    private void print(String label) {
        times.forEach(Collections::sort);
        System.out.printf(
                "%s, median of %d: prepare %.1f start %.1f remove %.1f ms%n",
                label,
                ROUNDS,
                times.get(0).get(ROUNDS / 2),
                times.get(1).get(ROUNDS / 2),
                times.get(2).get(ROUNDS / 2));
    }

    private static void many(RuntimeBench bench, int width) throws Exception {
        List<ContainerConfig> configs =
                IntStream.range(0, 20).mapToObj(i -> sleeper(bench)).toList();
        double begun = all(width, configs, config -> {
            bench.runtime().prepare(config);
            bench.runtime().start(config.id());
        });
        double removed = all(width, configs, config -> bench.runtime().remove(config.id()));
        System.out.printf("20 on %d threads: prepare and start %.0f, remove %.0f ms%n", width, begun, removed);
    }

    private static double all(int width, List<ContainerConfig> configs, Consumer<ContainerConfig> verb)
            throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(width);
        long before = System.nanoTime();
        List<Future<?>> done = new ArrayList<>();
        for (ContainerConfig config : configs) {
            done.add(pool.submit(() -> verb.accept(config)));
        }
        for (Future<?> each : done) {
            each.get();
        }
        pool.shutdown();
        return (System.nanoTime() - before) / 1e6;
    }

    private static ContainerConfig sleeper(RuntimeBench bench) {
        return bench.config().arguments(Programs.shell("exec sleep 1000")).build();
    }

    private static double time(Runnable verb) {
        long before = System.nanoTime();
        verb.run();
        return (System.nanoTime() - before) / 1e6;
    }
}
