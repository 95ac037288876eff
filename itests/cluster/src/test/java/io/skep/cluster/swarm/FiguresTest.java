package io.skep.cluster.swarm;

import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.Lab;
import io.skep.cluster.lab.LabSpec;
import io.skep.cluster.lab.Lines;
import io.skep.cluster.lab.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures a swarm of three managers and two workers, each figure as often as the property {@code skep.figures.runs} says, and prints the medians. No
 * test of the usual build: it asserts nothing.
 */
@Tag("figures")
class FiguresTest {
    private static final int RUNS = Integer.getInteger("skep.figures.runs", 5);
    private static final int REPLICAS = 50;
    private static final int HOSTS = 5;
    private static final int MANAGERS = 3;
    private static final String PORT = ":2377";
    private static final String SECONDS = "5";
    private static final List<String> WRITERS = List.of("1", "32", "256");
    /** Seconds of each load before the first that counts. */
    private static final String WARM = System.getProperty("skep.figures.warm", SECONDS);

    private final Figures figures = new Figures();

    /** What is measured of a swarm in one run. */
    private interface Round {
        void measure(Swarm swarm, int run) throws Exception;
    }

    @AfterEach
    void tell() {
        figures.tell();
    }

    /** Measures one swarm again and again; each round leaves it as it was. */
    private static void rounds(int hosts, Round round) throws Exception {
        try (Lab lab = Lab.create(LabSpec.asShipped(hosts), Place.configured())) {
            Swarm swarm = Swarm.form(lab, MANAGERS);
            for (Host manager : swarm.managers()) {
                Swarm.awaitRole(manager, "manager");
            }
            for (int run = 0; run < RUNS; run++) {
                round.measure(swarm, run);
            }
        }
    }

    @Test
    void forming() throws Exception {
        for (int run = 0; run < RUNS; run++) {
            try (Lab lab = Lab.create(LabSpec.asShipped(MANAGERS), Place.configured())) {
                lab.up();
                form(lab);
            }
        }
    }

    private void form(Lab lab) throws Exception {
        Host first = lab.host(1);
        figures.time("init, ms", () -> first.skep("swarm:init", "--advertise-addr", first.address())
                .text());
        String manager = first.skep("swarm:join-token", "-q", "manager").text();
        figures.time("two joins of managers one after the other, ms", () -> {
            for (Host host : without(lab.hosts(), first)) {
                host.skep("swarm:join", "--token", manager, first.address() + PORT)
                        .text();
            }
        });
    }

    /** The rounds before the first that counts let the compilers of three virtual machines do their work. */
    @Test
    void writes() throws Exception {
        rounds(MANAGERS, (swarm, run) -> {
            if (run == 0) {
                for (String writers : WRITERS) {
                    Swarm.leader(swarm.managers())
                            .skep("probe:load", writers, WARM)
                            .text();
                }
            }
            Host leader = Swarm.leader(swarm.managers());
            for (String writers : WRITERS) {
                load(leader, writers, "");
            }
            load(without(swarm.managers(), leader).get(0), "1", " on a follower");
            swarm.managers()
                    .forEach(host ->
                            figures.note("memory of a manager under load, MB", (double) host.residentMegabytes()));
        });
    }

    private void load(Host manager, String writers, String where) {
        String[] words =
                manager.skep("probe:load", writers, SECONDS).text().strip().split(" ", -1);
        String of = "1 KB writes by " + writers + where + ", ";
        figures.note(of + "a second", Double.parseDouble(words[1]) / Double.parseDouble(words[3]));
        figures.note(of + "failed", Double.parseDouble(words[5]));
        figures.note(of + "median, µs", Double.parseDouble(words[7]));
        figures.note(of + "p99, µs", Double.parseDouble(words[9]));
        figures.note(of + "longest gap, ms", Double.parseDouble(words[11]));
    }

    private static List<Host> without(List<Host> hosts, Host lost) {
        List<Host> others = new ArrayList<>(hosts);
        others.remove(lost);
        return others;
    }

    private static void untilAllAreReady(Swarm swarm, Host manager) throws InterruptedException {
        int hosts = swarm.managers().size() + swarm.workers().size();
        Swarm.awaitAt(manager, "all are ready", () -> Swarm.ready(manager) == hosts);
    }

    private static double written(List<Host> managers, String name) {
        Duration time = Timing.untilAWriteIsAccepted(managers, name);
        return time.toNanos() / 1e6;
    }

    @Test
    void leadersKilled() throws Exception {
        rounds(HOSTS, this::leaderKilled);
    }

    private void leaderKilled(Swarm swarm, int run) throws Exception {
        Host leader = Swarm.leader(swarm.managers());
        List<Host> others = without(swarm.managers(), leader);
        leader.killNode();
        figures.note("leader killed, next write, ms", written(others, "killed" + run + "-"));
        leader.startNode();
        untilAllAreReady(swarm, others.get(0));
        Swarm.awaitRole(leader, "manager");
    }

    /** One swarm for all kinds of loss, since it takes longer to form than to lose. */
    @Test
    void losses() throws Exception {
        rounds(HOSTS, (swarm, run) -> {
            leaderKilled(swarm, run);
            leaderCut(swarm, run);
            lose(swarm, swarm.workers().get(0), "worker" + run, "worker off, its 10 tasks elsewhere, ms");
            Host leader = Swarm.leader(swarm.managers());
            lose(swarm, leader, "leader" + run, "leader off, its 10 tasks elsewhere, ms");
            Swarm.awaitRole(leader, "manager");
        });
    }

    private void leaderCut(Swarm swarm, int run) throws Exception {
        Host leader = Swarm.leader(swarm.managers());
        List<Host> others = without(swarm.managers(), leader);
        swarm.isolate(leader);
        figures.note("leader partitioned, next write, ms", written(others, "cut" + run + "-"));
        swarm.heal();
        untilAllAreReady(swarm, others.get(0));
        untilItFollows(leader);
    }

    /** Until it has heard that it was deposed, it believes to lead. */
    private static void untilItFollows(Host deposed) throws InterruptedException {
        try (Lines terms = deposed.follow("probe:watch")) {
            String line = terms.next(Swarm.PATIENCE).orElseThrow();
            while (!line.startsWith("follows")) {
                line = terms.next(Swarm.PATIENCE).orElseThrow();
            }
        }
    }

    /**
     * Each round has a service of its own, whose tasks are spread over all hosts. Measured is the start of the last container by the kernel's
     * clock, which all hosts share: looking for it takes longer and needs the same processors.
     */
    private void lose(Swarm swarm, Host lost, String service, String what) throws Exception {
        List<Host> others = new ArrayList<>(without(swarm.managers(), lost));
        Host manager = others.get(0);
        others.addAll(without(swarm.workers(), lost));
        Swarm.serve(manager, service, REPLICAS);
        String node = Json.object(lost, "swarm:info", "--json").at("/NodeID").asText();
        long off = Containers.uptimeMillis();
        lost.powerOff();
        Swarm.awaitAt(manager, "all tasks run elsewhere", () -> running(manager, node, service) == REPLICAS);
        Swarm.awaitSlots(manager, others, service, REPLICAS);
        figures.note(what, (double) Containers.lastStartMillis(others) - off);
        lost.up();
        untilAllAreReady(swarm, manager);
        manager.skep("swarm:service-rm", service).text();
        Swarm.awaitAt(manager, "nothing runs", () -> others.stream()
                .allMatch(host -> Containers.on(host).isEmpty()));
    }

    /** How many tasks run on other nodes than one, by what the manager knows. */
    private static long running(Host manager, String lost, String service) {
        return Json.list(manager, "swarm:service-ps", "--json", service).stream()
                .filter(task -> task.at("/Status/State").asText().equals("running"))
                .filter(task -> !task.at("/NodeID").asText().equals(lost))
                .count();
    }
}
