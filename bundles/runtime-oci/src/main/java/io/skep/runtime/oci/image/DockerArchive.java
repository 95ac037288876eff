package io.skep.runtime.oci.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the images of what {@code docker save} writes: a manifest.json that names configurations, tags and layers. */
final class DockerArchive {
    private static final String MANIFEST = "manifest.json";
    private static final Pattern HEX = Pattern.compile("(?:.*/)?([0-9a-f]{64})(?:\\.json)?");

    private DockerArchive() {}

    /** Whether the archive is one; since version 25 it may be an OCI layout as well. */
    static boolean isIn(ArchiveFiles files) {
        return files.contains(MANIFEST);
    }

    static List<ImageRecipe> read(ArchiveFiles files, ImageNames names) throws IOException {
        List<ImageRecipe> recipes = new ArrayList<>();
        ImageNames saved = names.with(names(files));
        for (JsonNode image : images(files)) {
            ImageDocument document = document(files, Json.text(image, "Config", MANIFEST));
            document.requirePlatform();
            List<ImageRecipe.LayerContent> layers = new ArrayList<>();
            for (String layer : Json.texts(image, "Layers", MANIFEST)) {
                // verified by its diff id, the only digest that this format is sure to have
                layers.add(() -> files.open(layer));
            }
            recipes.add(new ImageRecipe(saved.of(Optional.empty(), document.id()), "", document, layers));
        }
        if (recipes.isEmpty()) {
            throw Failures.malformed(MANIFEST, "it lists no image");
        }
        return recipes;
    }

    /** The tags of each image by its id. */
    static Map<String, List<ImageReference>> names(ArchiveFiles files) throws IOException {
        Map<String, List<ImageReference>> names = new HashMap<>();
        for (JsonNode image : images(files)) {
            String id = document(files, Json.text(image, "Config", MANIFEST)).id();
            List<ImageReference> references = Json.texts(image, "RepoTags", MANIFEST).stream()
                    .map(ImageReference::parse)
                    .toList();
            names.put(id, references);
        }
        return names;
    }

    private static List<JsonNode> images(ArchiveFiles files) throws IOException {
        try (InputStream in = files.open(MANIFEST)) {
            JsonNode list = Json.parse(Json.bytes(in, MANIFEST), MANIFEST);
            JsonNode wrapped = Json.newObject().set("images", list);
            return Json.elements(wrapped, "images", MANIFEST);
        }
    }

    private static ImageDocument document(ArchiveFiles files, String name) throws IOException {
        byte[] content;
        try (InputStream in = files.open(name)) {
            content = Json.bytes(in, Text.printable(name));
        }
        ImageDocument document = ImageDocument.of(content);
        Matcher hex = HEX.matcher(name);
        if (hex.matches() && !document.id().equals(Sha256.PREFIX + hex.group(1))) {
            throw Failures.malformed(
                    Text.printable(name), "its content has the digest " + document.id() + "; copy it again");
        }
        return document;
    }
}
