package io.skep.scheduler.filter;

import io.skep.api.scheduling.Candidate;
import io.skep.api.scheduling.Filter;
import io.skep.model.Task;
import java.util.List;

/** Rules out nodes that lack a network driver which a network of the task names. */
public final class NetworkDriverFilter implements Filter {
    /** Kinds of networks that every driver makes, by Docker's names for them. */
    private static final List<String> EVERYWHERE = List.of("", "bridge", "overlay");

    private final List<String> drivers;

    public NetworkDriverFilter(List<String> drivers) {
        this.drivers = drivers;
    }

    /** True when a network with this driver needs a plug-in that not every node has. */
    public static boolean isPlugIn(String driver) {
        return !EVERYWHERE.contains(driver);
    }

    @Override
    public boolean accepts(Candidate candidate, Task task) {
        return candidate
                .node()
                .description()
                .filter(node -> node.networkDrivers().containsAll(drivers))
                .isPresent();
    }

    @Override
    public String explain(int nodes) {
        return Wording.on("missing plugin", nodes);
    }
}
