package io.skep.cluster.swarm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was measured several times, told as it comes and in the end as medians. */
final class Figures {
    private final Map<String, List<Double>> figures = new TreeMap<>();

    /** What takes time. */
    interface Step {
        void go() throws Exception;
    }

    /** Measures a step in milliseconds. */
    void time(String what, Step step) throws Exception {
        long begin = System.nanoTime();
        step.go();
        note(what, (System.nanoTime() - begin) / 1e6);
    }

    /** Takes up one value. */
    void note(String what, double value) {
        figures.computeIfAbsent(what, any -> new ArrayList<>()).add(value);
        System.out.printf("%-60s %10.1f%n", what, value);
    }

    /** Prints the medians. */
    void tell() {
        figures.forEach((what, values) -> {
            values.sort(null);
            System.out.printf(
                    "median of %d: %-60s %10.1f  (%.1f to %.1f)%n",
                    values.size(), what, values.get(values.size() / 2), values.get(0), values.get(values.size() - 1));
        });
    }
}
