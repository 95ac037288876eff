package io.skep.runtime.oci.image;

import io.skep.api.runtime.Image;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each reference stands for, in memory and as one file a reference. */
final class ImageTable {
    private static final Logger LOG = LoggerFactory.getLogger(ImageTable.class);
    private static final int LONGEST_NAME = 200;
    private static final int SHORTEST_PREFIX = 4;

    private final StoreDirectories directories;
    private final LayerTable layers;
    private final ConcurrentHashMap<String, StoredImage> images = new ConcurrentHashMap<>();

    ImageTable(StoreDirectories directories, LayerTable layers) {
        this.directories = directories;
        this.layers = layers;
    }

    /** Reads the files; an image that cannot be read or lacks a layer is forgotten, which loading it again repairs. */
    void recover() throws IOException {
        for (Path file : StoreDirectories.list(directories.images())) {
            Optional<StoredImage> stored = read(file);
            if (stored.isPresent()) {
                Image image = stored.get().image();
                images.put(image.reference(), stored.get());
            } else {
                LOG.warn("forgetting the image in {}: it is damaged or lacks a layer; load it again", file);
                Files.delete(file);
            }
        }
    }

    private Optional<StoredImage> read(Path file) throws IOException {
        try {
            StoredImage stored = StoredImage.read(Files.readAllBytes(file), file.toString());
            Image image = stored.image();
            String owner = Owners.image(image.reference(), image.id());
            boolean whole = image.layers().stream().allMatch(layer -> layers.hold(layer, owner));
            if (!whole) {
                layers.release(image.layers(), owner);
                return Optional.empty();
            }
            return Optional.of(stored);
        } catch (SkepException e) {
            LOG.debug("cannot read {}", file, e);
            return Optional.empty();
        }
    }

    /** Makes the image's reference stand for it; the layers must be held by the caller. */
    void put(StoredImage stored) {
        Image image = stored.image();
        images.compute(image.reference(), (reference, old) -> replace(old, stored));
    }

    private StoredImage replace(@Nullable StoredImage old, StoredImage stored) {
        if (stored.equals(old)) {
            return stored;
        }
        Image image = stored.image();
        try {
            directories.persist(file(image.reference()), stored.write());
        } catch (IOException e) {
            throw Failures.disk("keeping image " + image.reference(), e);
        }
        String owner = Owners.image(image.reference(), image.id());
        image.layers().forEach(layer -> layers.hold(layer, owner));
        if (old != null && !old.image().id().equals(image.id())) {
            forget(old.image());
        }
        return stored;
    }

    void remove(String reference) {
        images.computeIfPresent(reference, (name, stored) -> {
            try {
                Files.deleteIfExists(file(name));
            } catch (IOException e) {
                throw Failures.disk("removing image " + name, e);
            }
            forget(stored.image());
            return null;
        });
    }

    private void forget(Image image) {
        layers.release(image.layers(), Owners.image(image.reference(), image.id()));
    }

    List<Image> list() {
        return List.copyOf(sorted().values());
    }

    /** All references of one image id, sorted. */
    List<String> references(String id) {
        return list().stream()
                .filter(image -> image.id().equals(id))
                .map(Image::reference)
                .toList();
    }

    /** Finds by reference first, then by id, as Docker does. */
    Optional<Image> find(String text) {
        if (text.startsWith(Sha256.PREFIX) && Sha256.isDigest(text)) {
            return byId(text);
        }
        Optional<ImageReference> reference = ImageReference.tryParse(text);
        Optional<Image> named = reference.flatMap(this::byReference);
        String prefix = text.startsWith(Sha256.PREFIX) ? text.substring(Sha256.PREFIX.length()) : text;
        if (named.isPresent() || !prefix.matches("[0-9a-f]{" + SHORTEST_PREFIX + ",64}")) {
            if (reference.isEmpty()) {
                ImageReference.parse(text);
            }
            return named;
        }
        return byId(Sha256.PREFIX + prefix);
    }

    private Optional<Image> byReference(ImageReference reference) {
        if (reference.digest().isEmpty()) {
            return Optional.ofNullable(images.get(reference.canonical())).map(StoredImage::image);
        }
        String digest = reference.digest().get();
        return sorted().keySet().stream()
                .filter(name -> name.startsWith(reference.repository() + ":"))
                .flatMap(name -> Stream.ofNullable(images.get(name)))
                .filter(stored -> stored.manifestDigest().equals(digest)
                        || stored.image().id().equals(digest))
                .map(StoredImage::image)
                .findFirst();
    }

    private Optional<Image> byId(String prefix) {
        List<Image> matching =
                list().stream().filter(image -> image.id().startsWith(prefix)).toList();
        List<String> ids = matching.stream().map(Image::id).distinct().toList();
        if (ids.size() > 1) {
            throw new SkepException(
                    ErrorCode.AMBIGUOUS,
                    "'" + prefix + "' is the beginning of " + ids.size() + " image ids: " + String.join(", ", ids)
                            + "; write more digits or use a name");
        }
        return matching.stream().findFirst();
    }

    private Map<String, Image> sorted() {
        Map<String, Image> sorted = new TreeMap<>();
        images.forEach((reference, stored) -> sorted.put(reference, stored.image()));
        return sorted;
    }

    private Path file(String reference) {
        String readable = URLEncoder.encode(reference, StandardCharsets.UTF_8).replace("%3A", ":");
        String name = readable.length() <= LONGEST_NAME
                ? readable
                : Sha256.hex(Sha256.of(reference.getBytes(StandardCharsets.UTF_8)));
        return directories.images().resolve(name + ".json");
    }
}
