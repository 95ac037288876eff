package io.skep.shell.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.model.ContainerSpec;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.PortConfig;
import io.skep.model.Service;
import io.skep.model.ServiceMode;
import io.skep.model.ServiceSpec;
import io.skep.model.Task;
import io.skep.model.TaskSpec;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import io.skep.model.UpdateStatus;
import io.skep.model.table.Change;
import io.skep.model.table.Row;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a service is as it should be, and how its tasks are shown. */
class ConvergenceTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final TaskSpec ONE = TaskSpec.of(ContainerSpec.of("web:1"));
    private static final TaskSpec TWO = TaskSpec.of(ContainerSpec.of("web:2"));

    private final List<Change> rows = new ArrayList<>();
    private int created;

    private <R extends Row> void put(Table<R> table, R row) {
        rows.add(new Change.Put<>(table, row, Change.ANY));
    }

    private Service service(ServiceMode mode, long version, TaskSpec spec, Optional<UpdateStatus> update) {
        Service service = new Service(
                "service",
                NOW,
                NOW,
                ServiceSpec.of("web", spec, mode),
                version,
                Optional.empty(),
                List.of(),
                List.of(),
                update,
                0,
                false);
        put(Table.SERVICES, service);
        return service;
    }

    private Service service(int replicas) {
        return service(ServiceMode.replicated(replicas), 1, ONE, Optional.empty());
    }

    private void task(
            String id, int slot, long version, TaskSpec spec, TaskState desired, TaskState state, String err) {
        put(
                Table.TASKS,
                new Task(
                        id,
                        NOW.plusSeconds(++created),
                        "service",
                        "web",
                        version,
                        spec,
                        slot,
                        "n1",
                        true,
                        desired,
                        Optional.empty(),
                        List.of(),
                        "",
                        0,
                        false));
        put(Table.STATUSES, new TaskStatus(id, state, NOW, "", err, Optional.empty()));
    }

    private void running(String id, int slot) {
        task(id, slot, 1, ONE, TaskState.RUNNING, TaskState.RUNNING, "");
    }

    private void node(String id, NodeStatus.State state, NodeSpec.Availability availability) {
        put(
                Table.NODES,
                new Node(
                        id,
                        NOW,
                        NOW,
                        new NodeSpec("host-" + id, Map.of(), NodeRole.MANAGER, availability),
                        Optional.empty(),
                        new NodeStatus(state, "", ""),
                        Optional.empty()));
    }

    private Snapshot cluster() {
        return Snapshot.empty().apply(rows);
    }

    private Convergence look(Service service) {
        return Convergence.of(cluster(), service);
    }

    @Test
    void isDoneWhenAllReplicasRun() {
        Service web = service(2);
        running("a", 1);
        assertThat(look(web)).isEqualTo(new Convergence("web", 1, 2, false, "", ""));
        running("b", 2);
        assertThat(look(web)).isEqualTo(new Convergence("web", 2, 2, true, "", ""));
    }

    @Test
    void countsTasksThatScalingLeftAsTheyAre() {
        Service web = service(ServiceMode.replicated(1), 2, ONE, Optional.empty());
        running("a", 1);
        assertThat(look(web).done()).isTrue();
    }

    @Test
    void waitsForTasksOfAnOlderSpec() {
        Service web = service(ServiceMode.replicated(1), 2, TWO, Optional.empty());
        running("a", 1);
        assertThat(look(web).running()).isZero();
        task("b", 1, 2, TWO, TaskState.RUNNING, TaskState.RUNNING, "");
        assertThat(look(web).running()).isEqualTo(1);
        assertThat(look(web).done()).as("the old task runs still").isFalse();
    }

    @Test
    void doesNotCountWhatIsToStop() {
        Service web = service(1);
        task("a", 1, 1, ONE, TaskState.SHUTDOWN, TaskState.RUNNING, "");
        assertThat(look(web).running()).isZero();
    }

    @Test
    void aServiceOnEveryNodeIsNotDoneBeforeItsTasksAreMade() {
        Service everywhere = service(ServiceMode.global(), 1, ONE, Optional.empty());
        node("n1", NodeStatus.State.READY, NodeSpec.Availability.ACTIVE);
        node("n2", NodeStatus.State.DOWN, NodeSpec.Availability.ACTIVE);
        node("n3", NodeStatus.State.READY, NodeSpec.Availability.DRAIN);
        assertThat(look(everywhere)).isEqualTo(new Convergence("web", 0, 1, false, "", ""));
        running("a", 0);
        assertThat(look(everywhere).done()).isTrue();
    }

    @Test
    void aJobIsDoneWhenItsTasksHaveCompleted() {
        Service job = service(new ServiceMode(ServiceMode.Kind.REPLICATED_JOB, 1, 0), 1, ONE, Optional.empty());
        running("a", 1);
        assertThat(look(job).done()).isFalse();
        rows.clear();
        service(new ServiceMode(ServiceMode.Kind.REPLICATED_JOB, 1, 0), 1, ONE, Optional.empty());
        task("a", 1, 1, ONE, TaskState.COMPLETE, TaskState.COMPLETE, "");
        assertThat(look(job).done()).isTrue();
    }

    @Test
    void aListingTellsOfAJobHowFarItIs() {
        Service job = service(new ServiceMode(ServiceMode.Kind.REPLICATED_JOB, 5, 2), 1, ONE, Optional.empty());
        task("a", 1, 1, ONE, TaskState.COMPLETE, TaskState.COMPLETE, "");
        task("b", 2, 1, ONE, TaskState.COMPLETE, TaskState.RUNNING, "");
        assertThat(Replicas.text(cluster(), job)).isEqualTo("1/2 (1/5 completed)");
        task("b", 2, 1, ONE, TaskState.COMPLETE, TaskState.COMPLETE, "");
        assertThat(Replicas.text(cluster(), job)).isEqualTo("0/2 (2/5 completed)");
    }

    @Test
    void aListingTellsOfAJobOnEveryNodeHowFarItIs() {
        Service job = service(new ServiceMode(ServiceMode.Kind.GLOBAL_JOB, 0, 0), 1, ONE, Optional.empty());
        node("n1", NodeStatus.State.READY, NodeSpec.Availability.ACTIVE);
        node("n2", NodeStatus.State.READY, NodeSpec.Availability.ACTIVE);
        assertThat(Replicas.text(cluster(), job)).isEqualTo("0/2 (0/2 completed)");
        task("a", 0, 1, ONE, TaskState.COMPLETE, TaskState.COMPLETE, "");
        assertThat(Replicas.text(cluster(), job)).isEqualTo("0/1 (1/2 completed)");
    }

    @Test
    void anUpdateThatPausedOrWentBackIsNotDoneThoughAllRun() {
        running("a", 1);
        for (UpdateStatus.State state : List.of(
                UpdateStatus.State.PAUSED, UpdateStatus.State.ROLLBACK_PAUSED, UpdateStatus.State.ROLLBACK_COMPLETED)) {
            Optional<UpdateStatus> update = Optional.of(new UpdateStatus(state, NOW, Optional.empty(), ""));
            Convergence found = look(service(ServiceMode.replicated(1), 1, ONE, update));
            assertThat(found.halted()).as(state.name()).isNotEmpty();
            assertThat(found.done()).as(state.name()).isFalse();
        }
        Optional<UpdateStatus> completed =
                Optional.of(new UpdateStatus(UpdateStatus.State.COMPLETED, NOW, Optional.empty(), ""));
        assertThat(look(service(ServiceMode.replicated(1), 1, ONE, completed)).done())
                .isTrue();
    }

    @Test
    void theLatestTroubleIsTold() {
        Service web = service(1);
        task("a", 1, 1, ONE, TaskState.SHUTDOWN, TaskState.FAILED, "older");
        task("b", 1, 1, ONE, TaskState.SHUTDOWN, TaskState.REJECTED, "no such image: web:1");
        task("c", 1, 1, ONE, TaskState.RUNNING, TaskState.PREPARING, "");
        assertThat(look(web).trouble()).isEqualTo("no such image: web:1");
    }

    @Test
    void aTableShowsTheNewestOfASlotFirstAndWhatItReplacedBelow() {
        service(2);
        node("n1", NodeStatus.State.READY, NodeSpec.Availability.ACTIVE);
        running("d", 2);
        task("a", 1, 1, ONE, TaskState.SHUTDOWN, TaskState.FAILED, "task: non-zero exit (1)");
        running("b", 1);
        Snapshot cluster = cluster();
        List<Task> sorted = TaskTable.sorted(List.copyOf(cluster.tasksOfService("service")));
        assertThat(sorted).extracting(Task::id).containsExactly("b", "a", "d");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new TaskTable(cluster, false).of(sorted).print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines.get(0)).startsWith("ID   NAME").contains("DESIRED STATE   CURRENT STATE");
        assertThat(lines.get(1)).startsWith("b    web.1").contains("web:1", "host-n1", "Running");
        assertThat(lines.get(2))
                .startsWith("a     \\_ web.1")
                .contains("Shutdown", "Failed")
                .endsWith("\"task: non-zero exit (1)\"");
        assertThat(lines.get(3)).startsWith("d    web.2");
    }

    @Test
    void aTableShowsThePortsOfTheNodeOnWhichATaskIsReachedAlone() {
        PortConfig host = new PortConfig("", PortConfig.Protocol.TCP, 80, 8081, PortConfig.PublishMode.HOST);
        PortConfig ingress = new PortConfig("", PortConfig.Protocol.TCP, 80, 8080, PortConfig.PublishMode.INGRESS);
        put(Table.SERVICES, service(2).withEndpoint(List.of(host, ingress), List.of()));
        running("a", 1);
        task("b", 2, 1, ONE, TaskState.RUNNING, TaskState.PREPARING, "");
        Snapshot cluster = cluster();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new TaskTable(cluster, false)
                .of(TaskTable.sorted(cluster.tasksOfService("service")))
                .print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines.get(0)).endsWith("ERROR   PORTS");
        assertThat(lines.get(1)).endsWith(" *:8081->80/tcp").doesNotContain("8080");
        assertThat(lines.get(2)).doesNotContain("80/tcp");
    }
}
