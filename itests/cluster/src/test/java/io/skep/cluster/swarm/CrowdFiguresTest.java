package io.skep.cluster.swarm;

import io.skep.cluster.crowd.CrowdProcess;
import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.Lab;
import io.skep.cluster.lab.LabSpec;
import io.skep.cluster.lab.Place;
import io.skep.cluster.lab.Watch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Measures three real managers with a crowd of agents that have a runtime which does nothing; asserts nothing. */
@Tag("figures")
class CrowdFiguresTest {
    private static final int RUNS = Integer.getInteger("skep.figures.runs", 5);
    private static final int MANAGERS = 3;
    private static final int REPLICAS = Integer.getInteger("skep.figures.replicas", 5000);
    private static final Duration REST = Duration.ofSeconds(Integer.getInteger("skep.figures.rest", 30));
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String PORT = ":2377";

    private final Figures figures = new Figures();

    /** What is measured of managers and a crowd. */
    private interface Part {
        void measure(Swarm swarm, CrowdProcess crowd) throws Exception;
    }

    @AfterEach
    void tell() {
        figures.tell();
    }

    private void crowd(int agents, Part part) throws Exception {
        try (Lab lab = Lab.create(LabSpec.asShipped(MANAGERS + 1), Place.configured())) {
            Host last = lab.host(MANAGERS + 1);
            Lab.onAll(lab.hosts(), host -> {
                if (host == last) {
                    host.powerOn();
                } else {
                    host.up();
                }
            });
            Swarm swarm = Swarm.found(lab, MANAGERS);
            long begin = System.nanoTime();
            try (CrowdProcess crowd = CrowdProcess.join(
                    last, agents, swarm.token("worker"), lab.host(1).address() + PORT)) {
                untilReady(lab.host(1), MANAGERS + agents);
                figures.note(agents + " agents joined one after the other, ms", (System.nanoTime() - begin) / 1e6);
                part.measure(swarm, crowd);
            }
        }
    }

    private static void untilReady(Host manager, int nodes) throws InterruptedException {
        try (Watch watch = Watch.of(manager)) {
            watch.until("all are ready", PATIENCE, () -> Swarm.ready(manager) == nodes);
        }
    }

    @Test
    void replicasOnTwentyAgents() throws Exception {
        crowd(20, (swarm, crowd) -> {
            for (int run = 0; run < RUNS; run++) {
                deploy(Swarm.leader(swarm.managers()), crowd, "service" + run);
            }
            swarm.managers()
                    .forEach(host -> figures.note("memory of a manager, MB", (double) host.residentMegabytes()));
        });
    }

    private void deploy(Host leader, CrowdProcess crowd, String service) throws Exception {
        List<String> create = List.of(
                "swarm:service-create",
                "-q",
                "--name",
                service,
                "--replicas",
                "" + REPLICAS,
                "--constraint",
                "node.role==worker",
                "--update-parallelism",
                "500",
                "--update-monitor",
                "0s",
                "--timeout",
                "10m",
                Image.NAME);
        figures.time(
                "running, ms", () -> leader.skep(create.toArray(String[]::new)).text());
        figures.time("updated by 500, ms", () -> leader.skep(
                        "swarm:service-update", "-q", "--timeout", "10m", "--args", "again", service)
                .text());
        figures.time("removed, ms", () -> {
            leader.skep("swarm:service-rm", service).text();
            crowd.await(0);
        });
    }

    /** Nothing is waited for but time. */
    private static void rest() throws InterruptedException {
        boolean unused = new CountDownLatch(1).await(REST.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Test
    void aThousandAgentsAtRest() throws Exception {
        crowd(Integer.getInteger("skep.figures.agents", 1000), (swarm, crowd) -> {
            Host leader = Swarm.leader(swarm.managers());
            for (int run = 0; run < RUNS; run++) {
                Duration before = leader.processorTime();
                rest();
                Duration used = leader.processorTime().minus(before);
                figures.note("leader at rest, % of a core", 100.0 * used.toMillis() / REST.toMillis());
                figures.note("leader at rest, MB", (double) leader.residentMegabytes());
            }
        });
    }
}
