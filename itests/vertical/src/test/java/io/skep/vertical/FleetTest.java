package io.skep.vertical;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.contracts.Await;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.model.ContainerSpec;
import io.skep.model.DataSpec;
import io.skep.model.ErrorCode;
import io.skep.model.FileTarget;
import io.skep.model.NodeRole;
import io.skep.model.NodeStatus;
import io.skep.model.Revocation;
import io.skep.model.Secret;
import io.skep.model.SecretReference;
import io.skep.model.Service;
import io.skep.model.ServiceSpec;
import io.skep.model.Task;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.parts.Specs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of services when hosts go and come back. */
class FleetTest {
    private static final Logger LOG = LoggerFactory.getLogger(FleetTest.class);
    private final Fleet fleet = new Fleet();

    @AfterEach
    void stop() {
        fleet.close();
    }

    private static Set<String> on(List<Task> tasks, String nodeId) {
        return tasks.stream()
                .filter(task -> task.nodeId().equals(nodeId))
                .map(Task::id)
                .collect(Collectors.toSet());
    }

    private static boolean down(Snapshot cluster, String nodeId) {
        return cluster.find(Table.NODES, nodeId).orElseThrow().status().state() == NodeStatus.State.DOWN;
    }

    private void goneAndBack(String nodeId) {
        Service web = fleet.create(Specs.web(10));
        List<Task> before = fleet.running(web, 10);
        Set<String> lost = on(before, nodeId);
        assertThat(lost).hasSize(2);
        fleet.cut(nodeId);
        Duration time = fleet.until(
                "all tasks run elsewhere",
                cluster -> down(cluster, nodeId)
                        && Vertical.running(cluster, web).size() == 10
                        && on(Vertical.running(cluster, web), nodeId).isEmpty());
        LOG.info("{} is off: its tasks run elsewhere after {} ms", nodeId, time.toMillis());
        assertThat(fleet.thread.call(() -> fleet.sandboxes(nodeId)))
                .as("what is cut off goes on")
                .isEqualTo(lost);
        List<Task> after = fleet.running(web, 10);
        assertThat(after)
                .as("nothing else moved")
                .containsAll(before.stream()
                        .filter(task -> !lost.contains(task.id()))
                        .toList());
        fleet.heal();
        fleet.untilHost(
                "nothing runs twice, and no ghost remains", () -> fleet.tidy(web) && !down(fleet.snapshot(), nodeId));
        assertThat(fleet.running(web, 10))
                .extracting(Task::id)
                .containsExactlyInAnyOrderElementsOf(
                        after.stream().map(Task::id).toList());
    }

    @Test
    void theTasksOfAWorkerThatIsGoneRunElsewhereAndItComesBackClean() {
        goneAndBack("w1");
    }

    @Test
    void theTasksOfALeaderThatIsGoneRunElsewhereAndItComesBackClean() {
        assertThat(fleet.leader()).isEqualTo("m1");
        goneAndBack("m1");
        assertThat(fleet.leader()).isNotEqualTo("m1");
    }

    @Test
    void anotherLeaderTakesOverWithoutMovingAnything() {
        Service web = fleet.create(Specs.web(10));
        List<Task> before = fleet.running(web, 10);
        String first = fleet.leader();
        fleet.consensus.cut(first + ":00000001");
        fleet.until("another leads", cluster -> !fleet.leader().equals(first));
        fleet.consensus.heal();
        Service more = fleet.create(Specs.service("more", 5, "web:1", List.of(), List.of()));
        fleet.running(more, 5);
        assertThat(fleet.running(web, 10))
                .extracting(Task::id)
                .containsExactlyInAnyOrderElementsOf(
                        before.stream().map(Task::id).toList());
    }

    @Test
    void halfASecondOfSilenceMovesNothing() {
        Service web = fleet.create(Specs.web(10));
        List<Task> before = fleet.running(web, 10);
        fleet.network.cut("w1");
        Service probe = fleet.create(Specs.service("probe", 4, "web:1", List.of(), List.of()));
        fleet.until(
                "most of the probe runs",
                cluster -> Vertical.running(cluster, probe).size() >= 3);
        fleet.network.heal();
        fleet.running(probe, 4);
        assertThat(fleet.running(web, 10))
                .extracting(Task::id)
                .containsExactlyInAnyOrderElementsOf(
                        before.stream().map(Task::id).toList());
    }

    private boolean votes(String nodeId) {
        return fleet.members().contains(SimulatedNode.memberOf(nodeId));
    }

    @Test
    void aWorkerIsPromotedAndDemotedWhileServicesRun() {
        Service web = fleet.create(Specs.web(10));
        List<Task> before = fleet.running(web, 10);
        fleet.role("w1", NodeRole.MANAGER);
        fleet.until("it votes", cluster -> votes("w1") && fleet.host("w1").manages());
        assertThat(Await.answer(fleet.host("w1").manager().cluster().read()).find(Table.SERVICES, web.id()))
                .isPresent();
        fleet.role("w1", NodeRole.WORKER);
        fleet.until(
                "it is a worker again",
                cluster -> !votes("w1") && !fleet.host("w1").manages());
        assertThat(fleet.running(web, 10))
                .extracting(Task::id)
                .containsExactlyInAnyOrderElementsOf(
                        before.stream().map(Task::id).toList());
    }

    @Test
    void aLeaderThatIsDemotedHandsOver() {
        Service web = fleet.create(Specs.web(10));
        List<Task> before = fleet.running(web, 10);
        fleet.role("m1", NodeRole.WORKER);
        fleet.until(
                "another leads and the first is a worker",
                cluster -> !fleet.leader().equals("m1")
                        && !votes("m1")
                        && !fleet.host("m1").manages());
        assertThat(fleet.running(web, 10))
                .extracting(Task::id)
                .containsExactlyInAnyOrderElementsOf(
                        before.stream().map(Task::id).toList());
        fleet.running(fleet.create(Specs.service("more", 5, "web:1", List.of(), List.of())), 5);
    }

    @Test
    void aManagerStepsDownBeforeItLeaves() {
        Await.answer(fleet.host("m2").manager().cluster().stepDown(""));
        assertThat(votes("m2")).isFalse();
        fleet.untilHost("it is a worker", () -> !fleet.host("m2").manages());
    }

    @Test
    void aNodeThatIsRemovedIsReplacedAndRevoked() {
        Service web = fleet.create(Specs.web(10));
        fleet.running(web, 10);
        fleet.cut("w2");
        fleet.until("it is down", cluster -> down(cluster, "w2"));
        Await.answer(fleet.cluster().removeNode("", "w2", false));
        assertThat(fleet.running(web, 10)).noneMatch(task -> task.nodeId().equals("w2"));
        assertThat(fleet.snapshot().trust().orElseThrow().revoked())
                .extracting(Revocation::nodeId)
                .containsExactly("w2");
        fleet.untilHost(
                "the others are told",
                () -> fleet.host("w1").node.facts().revoked().contains("w2"));
    }

    @Test
    void aSecretIsOnlyOnTheNodesWhoseTasksReadIt() {
        byte[] content = {1, 2, 3};
        Secret secret = Await.answer(fleet.cluster().createSecret("", new DataSpec("password", Map.of()), content));
        ServiceSpec plain = Specs.web(2);
        ContainerSpec reading = plain.taskTemplate()
                .containerSpec()
                .withFiles(List.of(new SecretReference(FileTarget.named("password"), "password", "")), List.of());
        Service web = fleet.create(plain.withTaskTemplate(plain.taskTemplate().withContainer(reading)));
        Set<String> readers = fleet.running(web, 2).stream().map(Task::nodeId).collect(Collectors.toSet());
        for (String nodeId : List.of("m1", "m2", "m3", "w1", "w2")) {
            assertThat(fleet.thread.call(() -> fleet.host(nodeId).worker.files()))
                    .isEqualTo(readers.contains(nodeId) ? Set.of("/run/secrets/password") : Set.of());
        }
        assertThat(Await.failure(fleet.cluster().removeSecret("", secret.id())).code())
                .isEqualTo(ErrorCode.IN_USE);
    }
}
