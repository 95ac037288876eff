package io.skep.api.runtime;

import java.time.Instant;
import java.util.List;

/**
 * An image on this node.
 *
 * @param reference normalised, such as {@code example/web:1}
 * @param id digest of its configuration, {@code sha256:…}
 * @param createdAt as the image says
 * @param sizeBytes of all its layers, unpacked
 * @param layers digests of the unpacked layers, lowest first
 * @param config what it runs by default
 */
public record Image(
        String reference, String id, Instant createdAt, long sizeBytes, List<String> layers, ImageConfig config) {
    public Image {
        layers = List.copyOf(layers);
    }
}
