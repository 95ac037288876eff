package org.example.skep.cheapest;

import io.skep.api.scheduling.Candidate;
import io.skep.api.scheduling.Strategy;
import io.skep.model.Task;
import org.osgi.service.component.annotations.Component;

/**
 * Prefers the node with the lowest label {@code price}, a whole number of whatever you pay in; among equally cheap ones, the one with the
 * fewest tasks. A node without a readable price is dearer than all that have one.
 */
@Component(property = Strategy.PROPERTY + "=cheapest")
public final class CheapestStrategy implements Strategy {
    private static final int MOST_DIGITS = 9;
    private static final long UNKNOWN = 1_000_000_000;

    @Override
    public long score(Candidate candidate, Task task) {
        long price = price(candidate.node().spec().labels().getOrDefault("price", ""));
        return (price << Integer.SIZE) + candidate.activeTasks();
    }

    /** Looks before it parses: an exception for each node without a price would cost more than the rest of the scheduler. */
    private static long price(String label) {
        boolean readable = !label.isEmpty()
                && label.length() <= MOST_DIGITS
                && label.chars().allMatch(character -> character >= '0' && character <= '9');
        return readable ? Long.parseLong(label) : UNKNOWN;
    }
}
