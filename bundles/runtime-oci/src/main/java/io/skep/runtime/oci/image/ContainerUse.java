package io.skep.runtime.oci.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.skep.api.runtime.Image;
import java.nio.file.Path;
import java.util.List;

/**
 * Which image and layers a container needs, noted on disk before its root file system is mounted and until it is unmounted.
 *
 * @param directory of the container, whose name is the container's id
 * @param reference by which the image was found
 * @param imageId so that the image is known after its reference moved on
 * @param layers digests, lowest first
 */
record ContainerUse(Path directory, String reference, String imageId, List<String> layers) {
    static ContainerUse of(Path directory, Image image) {
        return new ContainerUse(directory, image.reference(), image.id(), image.layers());
    }

    static ContainerUse read(byte[] content, String what) {
        JsonNode node = Json.object(content, what);
        return new ContainerUse(
                Path.of(Json.text(node, "directory", what)),
                Json.text(node, "reference", what),
                Json.text(node, "imageId", what),
                Json.texts(node, "layers", what));
    }

    byte[] write() {
        ObjectNode node = Json.newObject();
        node.put("directory", directory.toString());
        node.put("reference", reference);
        node.put("imageId", imageId);
        ArrayNode digests = node.putArray("layers");
        layers.forEach(digests::add);
        return Json.write(node);
    }

    String container() {
        return String.valueOf(directory.getFileName());
    }
}
