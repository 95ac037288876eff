package io.skep.strategy.random;

import io.skep.api.scheduling.Candidate;
import io.skep.api.scheduling.Strategy;
import io.skep.model.Task;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Draws a number for each pair of task and node, always the same for the same pair, and prefers the lowest. After a placement the node draws
 * again; each task that it has counts a little against it, or a node that is lucky once would be drawn over and over.
 */
@Component(property = Strategy.PROPERTY + "=random")
public final class RandomStrategy implements Strategy {
    /** How much of the range of draws one more task takes: a sixteenth. */
    private static final int WEIGHT_OF_A_TASK_BITS = Integer.SIZE - 4;

    @Activate
    public RandomStrategy() {}

    @Override
    public long score(Candidate candidate, Task task) {
        long draw = mix(31L * task.id().hashCode() + candidate.node().id().hashCode()) >>> Integer.SIZE;
        return draw + ((long) candidate.activeTasks() << WEIGHT_OF_A_TASK_BITS);
    }

    /** Spreads the bits: the finishing step of Vigna's SplitMix64. */
    private static long mix(long bits) {
        long once = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        long twice = (once ^ (once >>> 27)) * 0x94d049bb133111ebL;
        return twice ^ (twice >>> 31);
    }
}
