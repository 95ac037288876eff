package io.skep.model;

import java.util.Map;

/**
 * How the output of tasks is kept (Docker Engine API, {@code Driver}).
 *
 * @param name {@code json-file} or {@code none}; empty is the node's default
 * @param options {@code max-size} and {@code max-file} as Docker writes them
 */
public record LogDriver(String name, Map<String, String> options) {
    /** Keeps nothing. */
    public static final String NONE = "none";

    /** The node's default. */
    public static final LogDriver STANDARD = new LogDriver("", Map.of());

    public LogDriver {
        options = Sorted.copy(options);
    }
}
