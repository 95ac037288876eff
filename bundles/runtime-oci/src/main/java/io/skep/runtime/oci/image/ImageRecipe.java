package io.skep.runtime.oci.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * An image found in an archive, not unpacked yet.
 *
 * @param references the names to give it; at least one
 * @param manifestDigest by which it can be pinned, empty when the archive has no manifest
 * @param document its configuration, whose diff ids correspond to the layers
 * @param layers lowest first
 */
record ImageRecipe(
        List<ImageReference> references, String manifestDigest, ImageDocument document, List<LayerContent> layers) {
    ImageRecipe {
        references = List.copyOf(references);
        layers = List.copyOf(layers);
        int expected = document.diffIds().size();
        if (layers.size() != expected) {
            throw Failures.malformed(
                    "image " + document.id(),
                    "it has " + layers.size() + " layers, its configuration lists " + expected);
        }
    }

    /** Opens a layer as it is stored, compressed or not. */
    @FunctionalInterface
    interface LayerContent {
        InputStream open() throws IOException;
    }
}
