package io.skep.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.scheduling.Candidate;
import io.skep.api.scheduling.Filter;
import io.skep.api.scheduling.Placement;
import io.skep.api.scheduling.Strategy;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.Task;
import io.skep.model.TaskState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeapSchedulerTest {
    private static final Strategy LAST_NODE =
            (candidate, task) -> -candidate.node().id().hashCode();
    private static final Strategy FIRST_NODE =
            (candidate, task) -> candidate.node().id().hashCode();
    private static final Map<String, Object> CUSTOM = Map.of(Strategy.PROPERTY, "custom");
    private static final Map<String, Object> SPREAD = Map.of(Strategy.PROPERTY, "spread");

    private final HeapScheduler scheduler = new HeapScheduler();
    private final ClusterScript script = new ClusterScript();

    @BeforeEach
    void twoNodesAndATask() {
        List.of("strategy custom", "node a", "node b", "service web", "place web")
                .forEach(script::run);
    }

    @Test
    void strategiesAppearAndDisappear() {
        assertThat(scheduler.strategies()).isEmpty();
        scheduler.bindStrategy(FIRST_NODE, SPREAD);
        scheduler.bindStrategy(LAST_NODE, CUSTOM);
        assertThat(scheduler.strategies()).containsExactly("custom", "spread");
        assertThat(placed()).isEqualTo("b");

        scheduler.unbindStrategy(LAST_NODE, CUSTOM);
        assertThat(scheduler.strategies()).containsExactly("spread");
        assertThat(placed()).as("by what remains").isEqualTo("a");
    }

    @Test
    void aStrategyThatIsReplacedWhileItRunsKeepsItsName() {
        scheduler.bindStrategy(FIRST_NODE, CUSTOM);
        scheduler.bindStrategy(LAST_NODE, CUSTOM);
        scheduler.unbindStrategy(FIRST_NODE, CUSTOM);

        assertThat(scheduler.strategies()).containsExactly("custom");
        assertThat(placed()).isEqualTo("b");
    }

    @Test
    void withoutAnyStrategyItSaysWhatIsMissing() {
        assertThatThrownBy(this::place).isInstanceOfSatisfying(SkepException.class, missing -> {
            assertThat(missing.code()).isEqualTo(ErrorCode.PART_MISSING);
            assertThat(missing).hasMessageContaining("custom").hasMessageContaining("strategy-use");
        });
    }

    @Test
    void aStrategyThatBreaksIsNamed() {
        Strategy broken = (candidate, task) -> {
            throw new IllegalStateException("its bundle was stopped");
        };
        scheduler.bindStrategy(broken, CUSTOM);

        assertThatThrownBy(this::place).isInstanceOfSatisfying(SkepException.class, missing -> {
            assertThat(missing.code()).isEqualTo(ErrorCode.PART_MISSING);
            assertThat(missing).hasMessageContaining("custom").hasMessageContaining("its bundle was stopped");
        });
    }

    @Test
    void filtersAppearAndDisappear() {
        Filter notOnA = new Filter() {
            @Override
            public boolean accepts(Candidate candidate, Task task) {
                return !candidate.node().id().equals("a");
            }

            @Override
            public String explain(int nodes) {
                return "too small: " + nodes;
            }
        };
        scheduler.bindStrategy(FIRST_NODE, CUSTOM);
        scheduler.bindFilter(notOnA);
        assertThat(placed()).isEqualTo("b");
        script.run("node b state=down");
        assertThat(place())
                .extracting(Placement::refusal)
                .containsExactly("no suitable node (1 node not available for new tasks; too small: 1)");

        scheduler.unbindFilter(notOnA);
        assertThat(placed()).isEqualTo("a");
    }

    @Test
    void tasksThatAreNoLongerWantedAreNotPlaced() {
        scheduler.bindStrategy(FIRST_NODE, CUSTOM);
        Task task = script.cluster().unassigned().iterator().next().withDesiredState(TaskState.SHUTDOWN);

        assertThat(scheduler.place(script.cluster(), List.of(task), ClusterScript.NOW))
                .containsExactly(new Placement(task.id(), "", "no longer wanted"));
    }

    private String placed() {
        return place().get(0).nodeId();
    }

    private List<Placement> place() {
        return scheduler.place(script.cluster(), script.cluster().unassigned(), ClusterScript.NOW);
    }
}
