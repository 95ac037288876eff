package io.skep.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of the number of managers, and whether they can decide anything. */
class ManagersTest {
    /** {@code M} answers, {@code m} does not, {@code p} was promoted and has no member yet, {@code w} works. */
    private static Managers of(String nodes) {
        List<Change> rows = new ArrayList<>();
        for (int i = 0; i < nodes.length(); i++) {
            rows.add(new Change.Put<>(Table.NODES, node("n" + i, nodes.charAt(i)), Change.ANY));
        }
        return Managers.of(Snapshot.empty().apply(rows));
    }

    private static Node node(String id, char kind) {
        NodeRole role = kind == 'w' ? NodeRole.WORKER : NodeRole.MANAGER;
        boolean member = Character.toLowerCase(kind) == 'm';
        return new Node(
                id,
                Instant.EPOCH,
                Instant.EPOCH,
                new NodeSpec("", Map.of(), role, NodeSpec.Availability.ACTIVE),
                Optional.empty(),
                new NodeStatus(kind == 'm' ? NodeStatus.State.DOWN : NodeStatus.State.READY, "", ""),
                member ? Optional.of(id + ":suffix00") : Optional.empty());
    }

    @Test
    void anOddNumberIsWell() {
        assertThat(of("Mw").warning()).isEmpty();
        assertThat(of("MMmww").warning()).isEmpty();
    }

    @Test
    void anEvenNumberIsToldWithWhatItSurvives() {
        assertThat(of("MM").warning())
                .hasValueSatisfying(text -> assertThat(text).contains("2 managers", "loss of none", "with 1;"));
        assertThat(of("MMMp").warning())
                .hasValueSatisfying(text -> assertThat(text).contains("4 managers", "loss of 1", "with 3;"));
    }

    @Test
    void mostOfThoseWithAVoteMustAnswer() {
        assertThat(of("MMm").quorum()).isTrue();
        assertThat(of("Mm").quorum()).isFalse();
        assertThat(of("Mp").quorum()).isTrue();
    }
}
