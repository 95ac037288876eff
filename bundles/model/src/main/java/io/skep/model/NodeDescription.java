package io.skep.model;

import java.util.List;
import java.util.Map;

/**
 * What a node says of itself.
 *
 * @param hostname of the host
 * @param platform what it can run
 * @param resources what it has for tasks
 * @param engineVersion of Skep
 * @param engineLabels from the node's configuration
 * @param runtimes names of container runtimes that work there, the default first
 * @param networkDrivers names of network drivers that work there
 */
public record NodeDescription(
        String hostname,
        Platform platform,
        Resources resources,
        String engineVersion,
        Map<String, String> engineLabels,
        List<String> runtimes,
        List<String> networkDrivers) {
    public NodeDescription {
        engineLabels = Sorted.copy(engineLabels);
        runtimes = List.copyOf(runtimes);
        networkDrivers = List.copyOf(networkDrivers);
    }
}
