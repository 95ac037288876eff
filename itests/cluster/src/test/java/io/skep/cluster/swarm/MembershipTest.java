package io.skep.cluster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.LabSpec;
import io.skep.cluster.lab.Lines;
import io.skep.cluster.lab.Output;
import io.skep.cluster.lab.TestLab;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three managers and two workers: who gets in, who gets out, and who may be asked what. */
@Tag("swarm")
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MembershipTest {
    private static final Duration PACE = Duration.ofSeconds(2);

    @RegisterExtension
    static final TestLab lab = TestLab.of(LabSpec.of(5));

    private static Swarm swarm;

    @BeforeAll
    static void form() throws InterruptedException {
        swarm = Swarm.form(lab.get(), 3);
    }

    @Test
    @Order(1)
    void everyManagerKnowsAll() {
        for (Host manager : swarm.managers()) {
            assertThat(Swarm.states(manager)).hasSize(5).allSatisfy((host, state) -> assertThat(state)
                    .isEqualTo("ready"));
        }
    }

    @Test
    @Order(1)
    void formingASwarmIsNoError() {
        for (Host host : lab.get().hosts()) {
            assertThat(host.run("bash", "-c", "grep '| ERROR' /srv/data/log/karaf.log || true")
                            .text())
                    .as(host.name())
                    .isEmpty();
        }
    }

    @Test
    @Order(2)
    void aWorkerIsNotAskedToManage() {
        assertThat(lab.host(5).skep("swarm:node-ls").succeeded()).isFalse();
    }

    @Test
    @Order(3)
    void tasksAreSpreadOverAll() throws InterruptedException {
        Swarm.serve(lab.host(2), "spread", 5);
        Swarm.awaitSlots(lab.host(2), lab.get().hosts(), "spread", 5);
        lab.get().hosts().forEach(host -> assertThat(Containers.on(host)).hasSize(1));
    }

    @Test
    @Order(4)
    void anImageIsBroughtToAll() throws InterruptedException {
        String file = Image.archive(lab.host(2), "test/brought:1");
        String table = lab.host(2).skep("swarm:image-load", "--all-nodes", file).text();
        assertThat(table.lines().filter(line -> line.endsWith("loaded test/brought:1")))
                .hasSize(5);
        lab.host(1)
                .skep("swarm:service-create", "--name", "brought", "--replicas", "5", "test/brought:1")
                .text();
        lab.get().hosts().forEach(host -> assertThat(Containers.on(host)).hasSize(2));
        lab.host(1).skep("swarm:service-rm", "brought").text();
        Swarm.awaitSlots(lab.host(1), lab.get().hosts(), "spread", 5);
        assertThat(lab.host(5).skep("swarm:image-load", "--all-nodes", file).err())
                .contains("manager");
    }

    @Test
    @Order(5)
    void logsAreReadOnAManagerThatRunsNoneOfTheTasks() throws InterruptedException {
        Host manager = lab.host(2);
        Speaker.create(manager, "speaker", swarm.workers().size());
        try (Lines lines = manager.follow("swarm:service-logs", "-f", "--raw", "speaker")) {
            for (Host host : swarm.workers()) {
                assertThat(lines.next(Swarm.PATIENCE)).as(host.name()).contains("early");
            }
            for (Host host : swarm.workers()) {
                Speaker.speak(host, Containers.of(manager, host, "speaker"));
                assertThat(lines.next(Swarm.PATIENCE)).as(host.name()).contains("late");
            }
        }
        assertThat(manager.skep("swarm:service-logs", "--tail", "1", "speaker")
                        .text()
                        .lines())
                .containsExactlyInAnyOrder("speaker.1    | late", "speaker.2    | late");
        manager.skep("swarm:service-rm", "speaker").text();
        Swarm.awaitSlots(manager, lab.get().hosts(), "spread", 5);
    }

    @Test
    @Order(6)
    void aWorkerThatLeavesMayJoinAgainButNotWithATokenThatIsOver() throws InterruptedException {
        Host worker = lab.host(5);
        String token = swarm.token("worker");
        worker.skep("swarm:leave").text();
        swarm.await("h5 is down", () -> "down".equals(Swarm.states(lab.host(1)).get("h5")));
        lab.host(1).skep("swarm:node-rm", "h5").text();
        lab.host(1).skep("swarm:join-token", "--rotate", "-q", "worker").text();
        Output refused = worker.skep("swarm:join", "--token", token, lab.host(1).address() + ":2377");
        assertThat(refused.succeeded()).isFalse();
        assertThat(refused.err()).contains("token");
        swarm.join(worker, "worker");
        swarm.await(
                "h5 is ready", () -> "ready".equals(Swarm.states(lab.host(1)).get("h5")));
    }

    @Test
    @Order(7)
    void aWorkerIsPromotedAndAManagerDemoted() throws InterruptedException {
        lab.host(1).skep("swarm:node-promote", "h4").text();
        Swarm.awaitRole(lab.host(4), "manager");
        lab.host(1).skep("swarm:node-demote", "h4").text();
        Swarm.awaitRole(lab.host(4), "worker");
        assertThat(lab.host(4).skep("swarm:node-ls").succeeded()).isFalse();
    }

    @Test
    @Order(8)
    void theTasksOfADrainedNodeMoveAtThePaceOfUpdatesOrAtOnce() throws InterruptedException {
        Host manager = lab.host(1);
        manager.skep(paced()).text();
        List<String> ids = Containers.ids(manager, "paced");
        assertThat(Containers.on(lab.host(4))).filteredOn(ids::contains).hasSize(3);

        manager.skep("swarm:node-update", "--availability", "drain", "h4").text();
        swarm.await("h4 is empty", () -> Containers.on(lab.host(4)).isEmpty());
        swarm.await(
                "all of it runs",
                () -> Containers.on(lab.host(5)).stream()
                                .filter(Containers.ids(manager, "paced")::contains)
                                .count()
                        == 6);
        List<Long> starts = Containers.startsMillis(lab.host(5), Containers.ids(manager, "paced"));
        assertThat(starts.get(4) - starts.get(3)).isGreaterThanOrEqualTo(PACE.toMillis());
        assertThat(starts.get(5) - starts.get(4)).isGreaterThanOrEqualTo(PACE.toMillis());

        manager.skep("swarm:service-rm", "paced").text();
        Swarm.awaitSlots(manager, lab.get().hosts(), "spread", 5);
        swarm.await("h4 is empty", () -> Containers.on(lab.host(4)).isEmpty());
    }

    private static String[] paced() {
        return ("swarm:service-create --name paced --replicas 6 --constraint node.role==worker --update-delay "
                        + PACE.toSeconds() + "s " + Image.NAME)
                .split(" ", -1);
    }

    @Test
    @Order(9)
    void anImageIsBroughtToAllThatAreOn() throws InterruptedException {
        lab.host(5).powerOff();
        swarm.await("h5 is down", () -> "down".equals(Swarm.states(lab.host(1)).get("h5")));
        Output output = lab.host(2).skep("swarm:image-load", "--all-nodes", "/srv/image.tar");
        assertThat(output.succeeded()).isFalse();
        assertThat(output.err()).contains("1 of 5 nodes").contains("h5");
        assertThat(output.out().lines().filter(line -> line.endsWith("loaded test/brought:1")))
                .hasSize(4);
    }

    @Test
    @Order(10)
    void logsThatAreOutOfReachAreNamed() {
        Output some = lab.host(2).skep("swarm:service-logs", "spread");
        assertThat(some.succeeded()).isTrue();
        assertThat(some.out()).contains("some logs could not be retrieved").contains("on h5: the node is down");
    }
}
