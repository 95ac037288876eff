package io.skep.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.model.codec.Codec;
import io.skep.model.table.Change;
import io.skep.model.table.NodeLoad;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterStateTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final TaskSpec SPEC = TaskSpec.of(new ContainerSpec(
            "web:1",
            List.of("a"),
            List.of(),
            List.of("K=v"),
            "/w",
            "u",
            "h",
            Map.of("b", "1", "a", "2"),
            List.of(new Mount(Mount.Type.TMPFS, "", "/t", false, 0, 0)),
            "SIGINT",
            Duration.ofSeconds(3),
            true,
            false,
            Map.of()));

    private static Task task(String id, String node, boolean assigned) {
        return new Task(
                id,
                T0,
                "s1",
                "web",
                1,
                SPEC,
                1,
                node,
                assigned,
                TaskState.RUNNING,
                Optional.empty(),
                assigned ? List.of(new NetworkAttachment("n1", "10.0.0.3")) : List.of(),
                "",
                0,
                false);
    }

    private static TaskStatus status(String id, TaskState state) {
        return new TaskStatus(id, state, T0, "", "", Optional.empty());
    }

    private static Change put(Task task) {
        return new Change.Put<>(Table.TASKS, task, Change.ANY);
    }

    private static Change put(TaskStatus status) {
        return new Change.Put<>(Table.STATUSES, status, Change.ANY);
    }

    @Test
    void indexesFollowATaskFromPendingToItsEnd() {
        Snapshot pending = Snapshot.empty().apply(List.of(put(task("t1", "", false))));
        assertThat(pending.unassigned()).hasSize(1);
        assertThat(pending.stateOf(task("t1", "", false))).isEqualTo(TaskState.PENDING);

        Snapshot assigned = pending.apply(List.of(put(task("t1", "node", true))));
        assertThat(assigned.unassigned()).isEmpty();
        assertThat(assigned.tasksOfNode("node")).hasSize(1);
        assertThat(assigned.loadOf("node").active()).isEqualTo(1);
        assertThat(assigned.addressesOf("n1")).containsEntry("10.0.0.3", "t1");

        Snapshot ended = assigned.apply(List.of(put(status("t1", TaskState.FAILED))));
        assertThat(ended.loadOf("node")).isEqualTo(NodeLoad.idle("node"));
        assertThat(ended.addressesOf("n1")).isEmpty();

        Snapshot removed = ended.apply(List.of(new Change.Remove(Table.TASKS, "t1", Change.ANY)));
        assertThat(removed.tasksOfService("s1")).isEmpty();
        assertThat(removed.all(Table.STATUSES)).isEmpty();
        assertThat(pending.unassigned()).as("the old snapshot is untouched").hasSize(1);
    }

    @Test
    void observedStateOnlyGoesUpAndNeverOutlivesItsTask() {
        Snapshot running =
                Snapshot.empty().apply(List.of(put(task("t1", "node", true)), put(status("t1", TaskState.RUNNING))));
        Snapshot late =
                running.apply(List.of(put(status("t1", TaskState.STARTING)), put(status("t2", TaskState.RUNNING))));
        assertThat(late.status("t1").orElseThrow().state()).isEqualTo(TaskState.RUNNING);
        assertThat(late.status("t2")).isEmpty();
    }

    @Test
    void aConflictIsPerRow() {
        Snapshot one = Snapshot.empty().apply(List.of(put(task("t1", "", false))));
        Snapshot two = one.apply(List.of(put(task("t2", "", false))));
        assertThat(two.conflict(List.of(new Change.Put<>(Table.TASKS, task("t1", "n", true), 1))))
                .isEmpty();
        assertThat(two.conflict(List.of(new Change.Check(Table.TASKS, "t2", 1))))
                .isPresent();
        assertThat(two.conflict(List.of(new Change.Remove(Table.TASKS, "t3", Change.ABSENT))))
                .isEmpty();
    }

    @Test
    void idleNodesAreInTheOrderOfLoads() {
        Node node = new Node(
                "n",
                T0,
                T0,
                new NodeSpec("", Map.of(), NodeRole.MANAGER, NodeSpec.Availability.ACTIVE),
                Optional.empty(),
                new NodeStatus(NodeStatus.State.READY, "", ""),
                Optional.empty());
        Snapshot with = Snapshot.empty().apply(List.of(new Change.Put<>(Table.NODES, node, Change.ABSENT)));
        assertThat(with.leastLoadedFirst()).containsExactly(NodeLoad.idle("n"));
        assertThat(with.apply(List.of(new Change.Remove(Table.NODES, "n", Change.ANY)))
                        .leastLoadedFirst())
                .isEmpty();
    }

    @Test
    void changesSurviveTheCodecAndShareTheirSpec() {
        Change[] changes = {
            put(task("t1", "", false)),
            put(task("t2", "n", true)),
            put(status("t1", TaskState.RUNNING)),
            new Change.Remove(Table.NODES, "x", 7),
            new Change.Check(Table.SWARM, "y", 0)
        };
        byte[] bytes = Codec.toBytes(changes);
        Change[] back = Codec.fromBytes(bytes, Change[].class);
        assertThat(back).isEqualTo(changes);
        Snapshot state = Snapshot.empty().apply(List.of(back[0], back[1]));
        assertThat(state.find(Table.TASKS, "t1").orElseThrow().spec())
                .isSameAs(state.find(Table.TASKS, "t2").orElseThrow().spec());
    }

    @Test
    void jsonReadsAsTheDockerApiWritesIt() {
        Service service = new Service(
                "s1",
                T0,
                T0,
                ServiceSpec.of("web", SPEC, ServiceMode.replicated(3)),
                1,
                Optional.empty(),
                List.of(),
                List.of(new VirtualIp("n1", "10.0.0.2")),
                Optional.empty(),
                0,
                false);
        String json = Codec.toJson(service);
        assertThat(json)
                .contains(
                        "\"ID\" : \"s1\"",
                        "\"NetworkID\"",
                        "\"stop-first\"",
                        "\"NanoCPUs\"",
                        "\"VirtualIPs\"",
                        "3000000000");
        assertThat(Codec.fromJson(json, Service.class)).isEqualTo(service);
    }
}
