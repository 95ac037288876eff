package io.skep.runtime.oci.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * The unpacked layers and who needs them: images, containers and loads hold layers, and a layer that nobody holds any more
 * is deleted. A layer is flushed to disk before an image names it, so that a layer without image found after a power cut may be
 * half written, and is deleted as unneeded anyway. Each change of one layer is one atomic step of the map, so no call waits for another but to share its unpacking.
 */
final class LayerTable {
    private final StoreDirectories directories;
    private final LayerLinks links;
    private final ConcurrentHashMap<String, Layer> layers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, CompletableFuture<Boolean>> unpacking = new ConcurrentHashMap<>();

    LayerTable(StoreDirectories directories) {
        this.directories = directories;
        this.links = new LayerLinks(directories);
    }

    /** Finds the layers on disk; what is not whole goes. */
    void recover() throws IOException {
        for (Path path : StoreDirectories.list(directories.layers())) {
            String name = path.getFileName().toString();
            Path layer = directories.layers().resolve(name.replace(".json", ""));
            Path note = note(layer);
            boolean named = Sha256.isDigest(Sha256.PREFIX + layer.getFileName());
            if (!named || !Files.isDirectory(layer) || !Files.isRegularFile(note)) {
                directories.trash().discard(path);
            } else if (path.equals(layer)) {
                JsonNode content = Json.object(Files.readAllBytes(note), note.toString());
                layers.put(Sha256.PREFIX + name, new Layer(Json.number(content, "bytes", note.toString()), Set.of()));
            }
        }
        links.recover(layers.keySet());
    }

    /** Deletes the layers that nobody holds; called once, when all that were known to hold some have said so. */
    void sweep() {
        for (String diffId : List.copyOf(layers.keySet())) {
            release(List.of(diffId), "");
        }
    }

    /** Keeps a layer from being deleted; false when it is not there. Holding twice is the same as once. */
    boolean hold(String diffId, String owner) {
        return layers.computeIfPresent(diffId, (id, layer) -> layer.with(owner)) != null;
    }

    /** Lets layers go; those without owner are moved to the trash. */
    void release(Collection<String> diffIds, String owner) {
        for (String diffId : diffIds) {
            layers.computeIfPresent(diffId, (id, layer) -> {
                Layer remaining = layer.without(owner);
                if (!remaining.owners().isEmpty()) {
                    return remaining;
                }
                discard(id);
                return null;
            });
        }
    }

    /**
     * Holds a layer, unpacking it first when it is missing; concurrent calls for one layer unpack it once.
     *
     * @param unpacker makes the layer in a temporary directory
     * @return whether it was there already
     */
    boolean obtain(String diffId, String owner, Unpacker unpacker) throws IOException {
        while (!hold(diffId, owner)) {
            CompletableFuture<Boolean> mine = new CompletableFuture<>();
            Future<Boolean> others = unpacking.putIfAbsent(diffId, mine);
            if (others != null) {
                await(others);
                continue;
            }
            try {
                if (hold(diffId, owner)) {
                    return true;
                }
                Fresh fresh = unpacker.unpack();
                add(diffId, fresh, owner);
                return false;
            } finally {
                unpacking.remove(diffId, mine);
                mine.complete(true);
            }
        }
        return true;
    }

    /** Takes a layer over that was unpacked before its digest was known, unless it is there already. */
    void add(String diffId, Fresh fresh, String owner) {
        layers.compute(diffId, (id, layer) -> layer == null ? keep(id, fresh, owner) : layer.with(owner));
    }

    long bytes(String diffId) {
        Layer layer = layers.get(diffId);
        return layer == null ? 0 : layer.bytes();
    }

    /** The short name of a layer's directory, relative to {@link StoreDirectories#links}. */
    String link(String diffId) {
        return links.of(diffId);
    }

    private Layer keep(String diffId, Fresh fresh, String owner) {
        Path layer = directories.layers().resolve(Sha256.hex(diffId));
        try {
            directories.replace(note(layer), Json.write(Json.newObject().put("bytes", fresh.bytes())));
            links.add(diffId);
            Files.move(fresh.directory(), layer, StandardCopyOption.ATOMIC_MOVE);
            return new Layer(fresh.bytes(), Set.of(owner));
        } catch (IOException e) {
            try {
                links.remove(diffId);
                Files.deleteIfExists(note(layer));
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw Failures.disk("keeping layer " + diffId, e);
        }
    }

    private void discard(String diffId) {
        Path layer = directories.layers().resolve(Sha256.hex(diffId));
        try {
            directories.trash().discard(layer);
            links.remove(diffId);
            Files.deleteIfExists(note(layer));
        } catch (NoSuchFileException e) {
            // somebody deleted it by hand: gone is what was wanted
            return;
        } catch (IOException e) {
            throw Failures.disk("deleting layer " + diffId, e);
        }
    }

    private static void await(Future<Boolean> others) {
        try {
            others.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted("waiting for a layer that another load unpacks");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the future is only ever completed", e);
        }
    }

    private static Path note(Path layer) {
        return layer.resolveSibling(layer.getFileName() + ".json");
    }

    /** Makes a layer in a temporary directory on the store's disk. */
    @FunctionalInterface
    interface Unpacker {
        /**
         * Unpacks and checks.
         *
         * @throws SkepException when the layer is not what it should be
         */
        Fresh unpack() throws IOException;
    }

    /** A layer not yet in its place. */
    record Fresh(Path directory, long bytes) {}

    private record Layer(long bytes, Set<String> owners) {
        Layer with(String owner) {
            return new Layer(bytes, Owners.with(owners, owner));
        }

        Layer without(String owner) {
            return new Layer(bytes, Owners.without(owners, owner));
        }
    }
}
