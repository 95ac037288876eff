package io.skep.model;

import java.util.Map;

/**
 * What an operator says of a secret or a config besides its data (Docker Engine API, {@code SecretSpec}, {@code ConfigSpec}).
 *
 * @param name unique among its kind
 * @param labels for people
 */
public record DataSpec(String name, Map<String, String> labels) {
    public DataSpec {
        labels = Sorted.copy(labels);
    }
}
