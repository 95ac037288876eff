package io.skep.shell.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.model.ContainerSpec;
import io.skep.model.ErrorCode;
import io.skep.model.LogDriver;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.SkepException;
import io.skep.model.Task;
import io.skep.model.TaskSpec;
import io.skep.model.TaskState;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of logs that could not be had: nothing is left out in silence. */
class GapsTest {
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

    private final SkepException down = new SkepException(ErrorCode.PART_MISSING, "the node is down");
    private final SkepException silent = new SkepException(ErrorCode.TIMED_OUT, "it did not answer");
    private final List<String> said = new ArrayList<>();

    private static Task task(int slot, String node) {
        return task(slot, node, TaskSpec.of(ContainerSpec.of("web:1")));
    }

    private static Task task(int slot, String node, TaskSpec spec) {
        return new Task(
                "task" + slot,
                NOW,
                "service",
                "web",
                1,
                spec,
                slot,
                node,
                true,
                TaskState.RUNNING,
                Optional.empty(),
                List.of(),
                "",
                0,
                false);
    }

    @Test
    void nothingIsSaidWhenAllWereRead() {
        new Gaps(CLUSTER, 3).tell(said::add);
        new Gaps(CLUSTER, 0).tell(said::add);
        assertThat(said).isEmpty();
    }

    @Test
    void tasksAreNamedWithTheirNodeAndTheReasonWhichTheyMayShare() {
        Gaps gaps = new Gaps(CLUSTER, 4);
        gaps.add(task(1, "n2"), down);
        gaps.add(task(2, "n9"), silent);
        gaps.add(task(3, "n2"), down);
        gaps.tell(said::add);
        assertThat(said)
                .containsExactly(
                        "some logs could not be retrieved: web.1, web.3 on h2: the node is down",
                        "some logs could not be retrieved: web.2 on n9: it did not answer");
        gaps.tell(said::add);
        assertThat(said).as("said once").hasSize(2);
    }

    @Test
    void itIsAFailureWhenNoneCouldBeHad() {
        Gaps gaps = new Gaps(CLUSTER, 2);
        gaps.add(task(1, "n2"), down);
        gaps.tell(said::add);
        gaps.add(task(2, "n9"), silent);
        assertThatThrownBy(() -> gaps.tell(said::add))
                .isInstanceOfSatisfying(
                        SkepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PART_MISSING))
                .hasMessage("the logs could not be retrieved: web.2 on n9: it did not answer");
        assertThat(said).hasSize(1);
    }

    @Test
    void whatIsNotKeptIsAGap() {
        TaskSpec silently =
                TaskSpec.of(ContainerSpec.of("web:1")).withLogDriver(new LogDriver(LogDriver.NONE, Map.of()));
        Gaps gaps = new Gaps(CLUSTER, 2);
        Task kept = task(1, "n2");
        assertThat(gaps.withoutUnkept(List.of(kept, task(2, "n2", silently)))).containsExactly(kept);
        gaps.tell(said::add);
        assertThat(said).singleElement().asString().contains("web.2 on h2", "none keeps no output");
    }
}
