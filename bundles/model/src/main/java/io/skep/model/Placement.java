package io.skep.model;

import java.util.List;

/**
 * Where tasks may and should run (Docker Engine API, {@code Placement}).
 *
 * @param constraints such as {@code node.labels.zone==a}; all must hold
 * @param preferences node properties over which tasks are spread evenly, outermost first, such as {@code node.labels.zone}
 * @param maxReplicas per node; zero is unlimited
 * @param platforms any of which the node must be; empty means any
 */
public record Placement(List<String> constraints, List<String> preferences, int maxReplicas, List<Platform> platforms) {
    /** Anywhere. */
    public static final Placement ANYWHERE = new Placement(List.of(), List.of(), 0, List.of());

    public Placement {
        constraints = List.copyOf(constraints);
        preferences = List.copyOf(preferences);
        platforms = List.copyOf(platforms);
    }
}
