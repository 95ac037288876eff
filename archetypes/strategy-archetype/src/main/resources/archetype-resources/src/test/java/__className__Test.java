package ${package};

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.scheduling.Strategy;
import io.skep.contracts.scheduling.PlacementSamples;
import io.skep.contracts.scheduling.SampleCandidate;
import io.skep.contracts.scheduling.StrategyContract;
import io.skep.model.Task;
import org.junit.jupiter.api.Test;

/** Inherits the tests that every strategy must pass; add here what yours is for. */
class ${className}Test extends StrategyContract {
    private static final Task TASK = PlacementSamples.task("task");

    @Override
    protected Strategy strategy() {
        return new ${className}();
    }

    @Test
    void theNodeWithTheFewestTasksComesFirst() {
        SampleCandidate node = SampleCandidate.ready("node");

        assertThat(strategy().score(node, TASK)).isLessThan(strategy().score(node.loaded(1, 0), TASK));
    }
}
