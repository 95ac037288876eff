package io.skep.runtime.oci.image;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Short links to layers: the options of a mount have one page for the list of all lower directories. */
final class LayerLinks {
    private static final int SHORTEST = 12;
    private static final int LONGEST = 64;

    private final StoreDirectories directories;
    private final ConcurrentHashMap<String, String> takenBy = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, String> names = new ConcurrentHashMap<>();

    LayerLinks(StoreDirectories directories) {
        this.directories = directories;
    }

    /** Makes the links anew; mounts do not need them once they are made. */
    void recover(Set<String> diffIds) throws IOException {
        for (Path link : StoreDirectories.list(directories.links())) {
            Files.delete(link);
        }
        for (String diffId : new TreeSet<>(diffIds)) {
            add(diffId);
        }
    }

    String of(String diffId) {
        String name = names.get(diffId);
        if (name == null) {
            throw new SkepException(ErrorCode.CORRUPT, "layer " + diffId + " is missing; load its image again");
        }
        return name;
    }

    void add(String diffId) throws IOException {
        String name = choose(diffId);
        names.put(diffId, name);
        Path target = directories.links().relativize(directories.layers().resolve(Sha256.hex(diffId)));
        Path link = directories.links().resolve(name);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target);
    }

    void remove(String diffId) throws IOException {
        String name = names.remove(diffId);
        if (name != null) {
            Files.deleteIfExists(directories.links().resolve(name));
            takenBy.remove(name, diffId);
        }
    }

    private String choose(String diffId) {
        String hex = Sha256.hex(diffId);
        for (int length = SHORTEST; length < LONGEST; length++) {
            String name = hex.substring(0, length);
            String owner = takenBy.putIfAbsent(name, diffId);
            if (owner == null || owner.equals(diffId)) {
                return name;
            }
        }
        return hex;
    }
}
