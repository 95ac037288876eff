package io.skep.scheduler.filter;

import io.skep.api.scheduling.Candidate;
import io.skep.api.scheduling.Filter;
import io.skep.model.Resources;
import io.skep.model.Task;

/** Rules out nodes that have less left than the task reserves; a node that does not say what it has is trusted. */
public final class ResourceFilter implements Filter {
    private final Resources reservations;

    public ResourceFilter(Resources reservations) {
        this.reservations = reservations;
    }

    @Override
    public boolean accepts(Candidate candidate, Task task) {
        Resources capacity = candidate.capacity();
        Resources available = candidate.available();
        return enough(reservations.nanoCpus(), capacity.nanoCpus(), available.nanoCpus())
                && enough(reservations.memoryBytes(), capacity.memoryBytes(), available.memoryBytes());
    }

    @Override
    public String explain(int nodes) {
        return Wording.on("insufficient resources", nodes);
    }

    private static boolean enough(long needed, long capacity, long available) {
        return needed == 0 || capacity == 0 || needed <= available;
    }
}
