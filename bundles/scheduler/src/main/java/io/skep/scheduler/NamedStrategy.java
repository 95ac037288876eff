package io.skep.scheduler;

import io.skep.api.scheduling.Candidate;
import io.skep.api.scheduling.Strategy;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.Task;

/**
 * A strategy with the name under which it can be chosen.
 *
 * @param name the service property
 * @param strategy the plug-in
 */
record NamedStrategy(String name, Strategy strategy) {
    /** The plug-in's score; whatever it throws becomes an answer that says whose fault it is. */
    long score(Candidate candidate, Task task) {
        try {
            return strategy.score(candidate, task);
        } catch (RuntimeException | LinkageError broken) {
            throw new SkepException(
                    ErrorCode.PART_MISSING,
                    "the strategy " + name + " does not work (" + broken
                            + "); repair its bundle or choose another with strategy-use",
                    broken);
        }
    }
}
