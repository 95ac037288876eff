package io.skep.cluster.swarm;

import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.Lab;
import io.skep.cluster.lab.LabSpec;
import io.skep.cluster.lab.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures a swarm of three managers and two workers, as often as the property {@code skep.figures.runs} says, each time a new one, and prints the
 * medians. No test of the usual build: it asserts nothing.
 */
@Tag("figures")
class FiguresTest {
    private static final int RUNS = Integer.getInteger("skep.figures.runs", 5);
    private static final String SERVICE = "waiting";
    private static final int REPLICAS = 50;
    private static final String PORT = ":2377";
    private static final String SECONDS = "5";

    private final Map<String, List<Double>> figures = new TreeMap<>();

    /** What takes time. */
    private interface Step {
        void go() throws Exception;
    }

    private void time(String what, Step step) throws Exception {
        long begin = System.nanoTime();
        step.go();
        note(what, (System.nanoTime() - begin) / 1e6);
    }

    private void note(String what, double value) {
        figures.computeIfAbsent(what, any -> new ArrayList<>()).add(value);
        System.out.printf("%-60s %10.0f%n", what, value);
    }

    @Test
    void medians() throws Exception {
        for (int run = 0; run < RUNS; run++) {
            fresh(this::formed);
            fresh(this::workerOff);
            fresh(this::leaderKilled);
            fresh(this::leaderCut);
            fresh(this::leaderOff);
        }
        figures.forEach((what, values) -> {
            values.sort(null);
            System.out.printf(
                    "median of %d: %-60s %10.0f  (%.0f to %.0f)%n",
                    values.size(), what, values.get(values.size() / 2), values.get(0), values.get(values.size() - 1));
        });
    }

    /** What is measured of one swarm. */
    private interface Part {
        void measure(Lab lab) throws Exception;
    }

    private static void fresh(Part part) throws Exception {
        try (Lab lab = Lab.create(LabSpec.of(5), Place.configured())) {
            part.measure(lab);
        }
    }

    /** The first is formed step by step, and its store is loaded. */
    private void formed(Lab lab) throws Exception {
        lab.up();
        Host first = lab.host(1);
        time("init, ms", () -> first.skep("swarm:init", "--advertise-addr", first.address())
                .text());
        String manager = first.skep("swarm:join-token", "-q", "manager").text();
        time("two joins of managers one after the other, ms", () -> {
            for (int number = 2; number <= 3; number++) {
                lab.host(number)
                        .skep("swarm:join", "--token", manager, first.address() + PORT)
                        .text();
            }
        });
        for (Host host : lab.hosts().subList(0, 3)) {
            Swarm.awaitRole(host, "manager");
        }
        for (String writers : List.of("1", "32", "256")) {
            // once to warm up
            for (String kind : List.of("cold, ", "")) {
                load(lab, kind, writers);
            }
        }
        lab.hosts().forEach(host -> note("memory of a node under load, MB", (double) host.residentMegabytes()));
    }

    private void load(Lab lab, String kind, String writers) throws Exception {
        Host leader = Swarm.leader(lab.hosts().subList(0, 3));
        String[] words =
                leader.skep("probe:load", writers, SECONDS).text().strip().split(" ", -1);
        String of = kind + "1 KB writes by " + writers + ", ";
        note(of + "a second", Double.parseDouble(words[1]) / Double.parseDouble(words[3]));
        note(of + "failed", Double.parseDouble(words[5]));
        note(of + "median, µs", Double.parseDouble(words[7]));
        note(of + "p99, µs", Double.parseDouble(words[9]));
        note(of + "longest gap, ms", Double.parseDouble(words[11]));
    }

    private static Swarm serving(Lab lab) throws Exception {
        Swarm swarm = Swarm.form(lab, 3);
        Swarm.serve(lab.host(1), SERVICE, REPLICAS);
        return swarm;
    }

    private static List<Host> without(List<Host> hosts, Host lost) {
        List<Host> others = new ArrayList<>(hosts);
        others.remove(lost);
        return others;
    }

    private void workerOff(Lab lab) throws Exception {
        Swarm swarm = serving(lab);
        Host worker = swarm.workers().get(0);
        List<Host> others = without(lab.hosts(), worker);
        time("worker off, its 10 tasks elsewhere, ms", () -> {
            worker.powerOff();
            Swarm.awaitSlots(others.get(0), others, SERVICE, REPLICAS);
        });
    }

    private void leaderKilled(Lab lab) throws Exception {
        Swarm swarm = serving(lab);
        Host leader = Swarm.leader(swarm.managers());
        leader.killNode();
        note("leader killed, next write, ms", written(without(swarm.managers(), leader)));
    }

    private void leaderCut(Lab lab) throws Exception {
        Swarm swarm = serving(lab);
        Host leader = Swarm.leader(swarm.managers());
        lab.network().isolate(leader.number());
        note("leader partitioned, next write, ms", written(without(swarm.managers(), leader)));
    }

    private static double written(List<Host> managers) {
        Duration time = Timing.untilAWriteIsAccepted(managers, "after");
        return time.toNanos() / 1e6;
    }

    private void leaderOff(Lab lab) throws Exception {
        Swarm swarm = serving(lab);
        Host leader = Swarm.leader(swarm.managers());
        List<Host> others = without(lab.hosts(), leader);
        time("leader off, its 10 tasks elsewhere, ms", () -> {
            leader.powerOff();
            Swarm.awaitSlots(others.get(0), others, SERVICE, REPLICAS);
        });
    }
}
