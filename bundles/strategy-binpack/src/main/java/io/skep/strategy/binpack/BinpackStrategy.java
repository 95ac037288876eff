package io.skep.strategy.binpack;

import io.skep.api.scheduling.Candidate;
import io.skep.api.scheduling.Strategy;
import io.skep.model.Resources;
import io.skep.model.Task;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Prefers the node of which the largest share is reserved, processors and memory counting alike, so that other nodes stay free for large
 * tasks or can be switched off; among equals, as without reservations, the one with the most tasks.
 */
@Component(property = Strategy.PROPERTY + "=binpack")
public final class BinpackStrategy implements Strategy {
    /** Parts into which a node is divided: fine enough to see one megabyte of a terabyte. */
    private static final double PARTS = 1_000_000;

    @Activate
    public BinpackStrategy() {}

    @Override
    public long score(Candidate candidate, Task task) {
        Resources all = candidate.capacity();
        Resources left = candidate.available();
        long reserved = reserved(all.nanoCpus(), left.nanoCpus()) + reserved(all.memoryBytes(), left.memoryBytes());
        return -(reserved << Integer.SIZE) - candidate.activeTasks();
    }

    /** Of a node that does not say what it has, nothing is known to be reserved. */
    private static long reserved(long all, long left) {
        return all == 0 ? 0 : Math.round((all - left) * PARTS / all);
    }
}
