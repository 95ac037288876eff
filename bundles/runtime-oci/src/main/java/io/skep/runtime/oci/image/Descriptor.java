package io.skep.runtime.oci.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * Points to a blob (OCI image specification 1.1, descriptor).
 *
 * @param mediaType what it is
 * @param digest by which it is found and verified
 * @param size in bytes
 * @param annotations such as its name
 * @param platform {@code os/architecture} of the image, empty when the descriptor does not say
 */
record Descriptor(String mediaType, String digest, long size, Map<String, String> annotations, String platform) {
    static Descriptor of(JsonNode node, String what) {
        String digest = Json.text(node, "digest", what);
        Sha256.hex(digest);
        long size = Json.number(node, "size", what);
        if (size < 0) {
            throw Failures.malformed(what, "the size of blob " + digest + " is negative");
        }
        JsonNode platform = node.path("platform");
        String named = platform.isObject()
                ? Json.text(platform, "os", what) + "/" + Json.text(platform, "architecture", what)
                : "";
        return new Descriptor(
                Json.text(node, "mediaType", what), digest, size, Json.textMap(node, "annotations", what), named);
    }
}
