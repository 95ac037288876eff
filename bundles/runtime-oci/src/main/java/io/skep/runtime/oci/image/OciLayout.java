package io.skep.runtime.oci.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the images of an OCI image layout: from the index over the manifest of this node's platform to the layers. */
final class OciLayout {
    private static final String CONTAINERD_NAME = "io.containerd.image.name";
    private static final String REF_NAME = "org.opencontainers.image.ref.name";
    private static final int NESTING = 4;
    private static final Set<String> INDEXES = Set.of(
            "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json");
    private static final Set<String> MANIFESTS = Set.of(
            "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json");

    private final BlobSource blobs;
    private final ImageNames names;
    private final List<ImageRecipe> recipes = new ArrayList<>();
    private final List<String> otherPlatforms = new ArrayList<>();

    private OciLayout(BlobSource blobs, ImageNames names) {
        this.blobs = blobs;
        this.names = names;
    }

    /** Whether the archive is one. */
    static boolean isIn(ArchiveFiles files) {
        return files.contains("index.json");
    }

    static List<ImageRecipe> read(ArchiveFiles files, ImageNames names) throws IOException {
        JsonNode index;
        try (InputStream in = files.open("index.json")) {
            index = Json.object(Json.bytes(in, "index.json"), "index.json");
        }
        OciLayout layout = new OciLayout(files.blobs(), names);
        layout.index(index, "index.json", Optional.empty(), 0);
        if (layout.recipes.isEmpty()) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    layout.otherPlatforms.isEmpty()
                            ? "the OCI layout contains no image"
                            : "the OCI layout has no image for " + Platform.HOST + ", only for "
                                    + Text.printable(String.join(", ", layout.otherPlatforms)));
        }
        return layout.recipes;
    }

    /**
     * Adds the images of an index.
     *
     * @param inherited the name of the index that this one is nested in
     */
    private void index(JsonNode index, String what, Optional<String> inherited, int depth) throws IOException {
        if (depth > NESTING) {
            throw Failures.malformed(what, "indexes are nested too deeply");
        }
        for (JsonNode node : Json.elements(index, "manifests", what)) {
            Descriptor descriptor = Descriptor.of(node, what);
            Optional<String> name = name(descriptor).or(() -> inherited);
            if (INDEXES.contains(descriptor.mediaType())) {
                index(document(descriptor), descriptor.digest(), name, depth + 1);
            } else if (isForHost(descriptor)) {
                recipes.add(manifest(descriptor, name));
            }
        }
    }

    private boolean isForHost(Descriptor descriptor) {
        boolean image = MANIFESTS.contains(descriptor.mediaType());
        String platform = descriptor.platform();
        if (image && !platform.isEmpty() && !platform.equals(Platform.HOST)) {
            // attestations pose as images for an unknown platform
            if (!platform.startsWith("unknown/")) {
                otherPlatforms.add(platform);
            }
            return false;
        }
        return image;
    }

    private ImageRecipe manifest(Descriptor descriptor, Optional<String> name) throws IOException {
        String what = "manifest " + descriptor.digest();
        JsonNode manifest = document(descriptor);
        ImageDocument document = ImageDocument.of(content(Descriptor.of(manifest.path("config"), what)));
        document.requirePlatform();
        List<ImageRecipe.LayerContent> layers = new ArrayList<>();
        for (JsonNode node : Json.elements(manifest, "layers", what)) {
            Descriptor layer = Descriptor.of(node, what);
            requireTar(layer);
            layers.add(() -> blobs.verified(layer));
        }
        return new ImageRecipe(names.of(name, document.id()), descriptor.digest(), document, layers);
    }

    private static void requireTar(Descriptor layer) {
        String type = layer.mediaType();
        if (!type.contains(".layer.") && !type.contains(".image.rootfs.")) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "layer " + layer.digest() + " is of the type '" + Text.printable(type)
                            + "'; this is an artifact, not a container image");
        }
    }

    private static Optional<String> name(Descriptor descriptor) {
        return Optional.ofNullable(descriptor.annotations().get(CONTAINERD_NAME))
                .or(() -> Optional.ofNullable(descriptor.annotations().get(REF_NAME)));
    }

    private JsonNode document(Descriptor descriptor) throws IOException {
        return Json.object(content(descriptor), "blob " + descriptor.digest());
    }

    private byte[] content(Descriptor descriptor) throws IOException {
        String what = "blob " + descriptor.digest();
        try (InputStream in = blobs.verified(descriptor)) {
            return Json.bytes(in, what);
        }
    }
}
