package io.skep.runtime.oci.image;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Decides how the images of an archive are called: by the names that Docker wrote for their ids, else by the layout's own
 * annotation, else by the archive's file name.
 *
 * @param fallback a repository made from the archive's file name
 * @param byId what Docker's manifest.json says, by image id
 */
record ImageNames(String fallback, Map<String, List<ImageReference>> byId) {
    /** Names by the file alone. */
    static ImageNames of(String fileName) {
        return new ImageNames(repository(fileName), Map.of());
    }

    ImageNames with(Map<String, List<ImageReference>> names) {
        return new ImageNames(fallback, names);
    }

    /**
     * The names of one image; at least one.
     *
     * @param annotation the layout's name for it: a reference, or only a tag when the layout holds one repository
     */
    List<ImageReference> of(Optional<String> annotation, String id) {
        List<ImageReference> saved = byId.getOrDefault(id, List.of());
        return saved.isEmpty() ? List.of(annotated(annotation.orElse("latest"))) : saved;
    }

    private ImageReference annotated(String name) {
        boolean onlyTag = name.equals("latest") || name.matches("v?[0-9].*");
        boolean full = name.contains("/") || name.contains(":");
        Optional<ImageReference> reference = onlyTag && !full ? Optional.empty() : ImageReference.tryParse(name);
        return reference.orElseGet(() -> ImageReference.parse(fallback + ":" + name));
    }

    /** {@code Web-1.tar.gz} becomes {@code web-1}. */
    private static String repository(String fileName) {
        String stem = fileName.toLowerCase(Locale.ROOT).replaceFirst("\\.(tar|tar\\.gz|tgz|oci|gz)$", "");
        String name = stem.replaceAll("[^a-z0-9.-]+", "-")
                .replaceAll("[.-]*-[.-]*", "-")
                .replaceAll("\\.{2,}", ".");
        String trimmed = name.replaceAll("^[.-]+|[.-]+$", "");
        return trimmed.isEmpty() ? "image" : trimmed;
    }
}
