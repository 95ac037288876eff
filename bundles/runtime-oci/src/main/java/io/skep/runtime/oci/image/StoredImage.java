package io.skep.runtime.oci.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.skep.api.runtime.Image;

/**
 * An image as its file on disk describes it.
 *
 * @param image what the rest of Skep sees
 * @param manifestDigest by which the image can be pinned, empty when it came without a manifest
 */
record StoredImage(Image image, String manifestDigest) {
    static StoredImage read(byte[] content, String what) {
        JsonNode node = Json.object(content, what);
        Image image = new Image(
                Json.text(node, "reference", what),
                Json.text(node, "id", what),
                ImageDocument.instant(Json.text(node, "createdAt", what), what),
                Json.number(node, "sizeBytes", what),
                Json.texts(node, "layers", what),
                ImageDocument.config(node.path("config"), what));
        return new StoredImage(image, Json.text(node, "manifestDigest", what));
    }

    byte[] write() {
        ObjectNode node = Json.newObject();
        node.put("reference", image.reference());
        node.put("id", image.id());
        node.put("manifestDigest", manifestDigest);
        node.put("createdAt", image.createdAt().toString());
        node.put("sizeBytes", image.sizeBytes());
        ArrayNode layers = node.putArray("layers");
        image.layers().forEach(layers::add);
        node.set("config", ImageDocument.write(image.config()));
        return Json.write(node);
    }
}
