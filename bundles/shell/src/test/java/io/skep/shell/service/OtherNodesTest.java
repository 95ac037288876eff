package io.skep.shell.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.model.ContainerSpec;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.Task;
import io.skep.model.TaskSpec;
import io.skep.model.TaskState;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said when logs are asked for that other nodes have: nothing is left out in silence. */
class OtherNodesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Snapshot CLUSTER = Snapshot.empty()
            .apply(List.of(new Change.Put<>(
                    Table.NODES,
                    new Node(
                            "n2",
                            NOW,
                            NOW,
                            new NodeSpec("h2", Map.of(), NodeRole.WORKER, NodeSpec.Availability.ACTIVE),
                            Optional.empty(),
                            new NodeStatus(NodeStatus.State.READY, "", ""),
                            Optional.empty()),
                    Change.ANY)));

    private static Task task(int slot, String node, boolean retired) {
        return new Task(
                "task" + slot,
                NOW,
                "service",
                "web",
                1,
                TaskSpec.of(ContainerSpec.of("web:1")),
                slot,
                node,
                true,
                TaskState.RUNNING,
                Optional.empty(),
                List.of(),
                "",
                0,
                retired);
    }

    @Test
    void nothingIsSaidOfTasksThatAreHereOrNowhereYetOrHistory() {
        List<Task> tasks = List.of(task(1, "n1", false), task(2, "", false), task(3, "n2", true));
        assertThat(OtherNodes.warning(CLUSTER, tasks, "n1")).isEmpty();
    }

    @Test
    void eachTaskElsewhereIsNamedWithItsNode() {
        List<Task> tasks = List.of(task(1, "n1", false), task(2, "n2", false), task(3, "n9", false));
        assertThat(OtherNodes.warning(CLUSTER, tasks, "n1").orElseThrow())
                .contains("web.2 is on h2, web.3 is on n9")
                .doesNotContain("web.1");
    }
}
