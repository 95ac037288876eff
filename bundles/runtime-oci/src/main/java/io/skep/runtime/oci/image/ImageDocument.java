package io.skep.runtime.oci.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.skep.api.runtime.ImageConfig;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/**
 * An image's configuration (OCI image specification 1.1, which Docker's older form agrees with in all that is read here).
 *
 * @param id digest of the document's bytes
 * @param created when, the epoch when the document does not say
 * @param platform such as {@code linux/amd64}
 * @param diffIds digests of the unpacked layers, lowest first
 * @param config what it runs
 */
record ImageDocument(String id, Instant created, String platform, List<String> diffIds, ImageConfig config) {
    static ImageDocument of(byte[] content) {
        String id = Sha256.of(content);
        String what = "image configuration " + id;
        JsonNode root = Json.object(content, what);
        JsonNode rootfs = root.path("rootfs");
        List<String> diffIds = Json.texts(rootfs, "diff_ids", what);
        diffIds.forEach(Sha256::hex);
        if (!Json.text(rootfs, "type", what).equals("layers")) {
            throw Failures.malformed(what, "'rootfs' does not list layers; this is not a container image");
        }
        String platform = Json.text(root, "os", what) + "/" + Json.text(root, "architecture", what);
        return new ImageDocument(
                id,
                instant(Json.text(root, "created", what), what),
                platform,
                diffIds,
                config(root.path("config"), what));
    }

    /** Writes the document of a new image of one layer; the same arguments give the same bytes. */
    static byte[] write(Instant created, String diffId, ImageConfig config) {
        ObjectNode root = Json.newObject();
        root.put("created", created.toString());
        root.put("architecture", Platform.ARCHITECTURE);
        root.put("os", Platform.OS);
        root.set("config", write(config));
        root.putObject("rootfs").put("type", "layers").putArray("diff_ids").add(diffId);
        return Json.write(root);
    }

    /** In the form that {@link #config} reads. */
    static ObjectNode write(ImageConfig config) {
        ObjectNode node = Json.newObject();
        put(node, "Entrypoint", config.entrypoint());
        put(node, "Cmd", config.command());
        put(node, "Env", config.env());
        put(node, "WorkingDir", config.workingDirectory());
        put(node, "User", config.user());
        put(node, "StopSignal", config.stopSignal());
        if (!config.labels().isEmpty()) {
            ObjectNode labels = node.putObject("Labels");
            config.labels().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(e -> labels.put(e.getKey(), e.getValue()));
        }
        putNames(node, "ExposedPorts", config.exposedPorts());
        putNames(node, "Volumes", config.volumes());
        return node;
    }

    static ImageConfig config(JsonNode node, String what) {
        return new ImageConfig(
                Json.texts(node, "Entrypoint", what),
                Json.texts(node, "Cmd", what),
                Json.texts(node, "Env", what),
                Json.text(node, "WorkingDir", what),
                Json.text(node, "User", what),
                Json.text(node, "StopSignal", what),
                Json.textMap(node, "Labels", what),
                Json.names(node, "ExposedPorts"),
                Json.names(node, "Volumes"));
    }

    static Instant instant(String text, String what) {
        try {
            return text.isEmpty() ? Instant.EPOCH : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Failures.malformed(what, "'" + Text.printable(text) + "' is not a time", e);
        }
    }

    /** Fails unless the image can run on this node. */
    void requirePlatform() {
        boolean unsaid = platform.equals("/");
        if (!unsaid && !platform.equals(Platform.HOST)) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the image is made for " + Text.printable(platform) + ", this node is " + Platform.HOST
                            + "; save it for this platform (skopeo copy --override-arch " + Platform.ARCHITECTURE
                            + " …)");
        }
    }

    private static void put(ObjectNode node, String field, String text) {
        if (!text.isEmpty()) {
            node.put(field, text);
        }
    }

    private static void put(ObjectNode node, String field, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode array = node.putArray(field);
            texts.forEach(array::add);
        }
    }

    private static void putNames(ObjectNode node, String field, List<String> names) {
        if (!names.isEmpty()) {
            ObjectNode set = node.putObject(field);
            names.stream().sorted().forEach(set::putObject);
        }
    }
}
