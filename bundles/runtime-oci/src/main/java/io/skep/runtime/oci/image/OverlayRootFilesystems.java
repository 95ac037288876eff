package io.skep.runtime.oci.image;

import io.skep.api.runtime.Image;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Root file systems as overlay mounts: an image's layers below, a directory of the container on top. */
final class OverlayRootFilesystems {
    private static final Logger LOG = LoggerFactory.getLogger(OverlayRootFilesystems.class);

    private final StoreDirectories directories;
    private final LayerTable layers;
    private final OverlayMount mounts;
    private final ConcurrentHashMap<String, ContainerUse> uses = new ConcurrentHashMap<>();

    OverlayRootFilesystems(StoreDirectories directories, LayerTable layers) {
        this.directories = directories;
        this.layers = layers;
        this.mounts = new OverlayMount(directories);
    }

    /** Holds the layers of the containers that a predecessor mounted; containers whose directory is gone are forgotten. */
    void recover() throws IOException {
        for (Path file : StoreDirectories.list(directories.mounts())) {
            Optional<ContainerUse> use = read(file);
            if (use.isPresent() && Files.isDirectory(use.get().directory())) {
                String owner = Owners.container(use.get().container());
                use.get().layers().forEach(layer -> layers.hold(layer, owner));
                uses.put(use.get().container(), use.get());
            } else {
                Files.delete(file);
            }
        }
    }

    private static Optional<ContainerUse> read(Path file) throws IOException {
        try {
            return Optional.of(ContainerUse.read(Files.readAllBytes(file), file.toString()));
        } catch (SkepException e) {
            LOG.warn("forgetting the damaged note {} of a container's layers", file, e);
            return Optional.empty();
        }
    }

    Path mount(Image image, Path containerDir) {
        Path directory = containerDir.toAbsolutePath().normalize();
        if (!Files.isDirectory(directory)) {
            throw new SkepException(ErrorCode.NOT_FOUND, "the container's directory " + directory + " does not exist");
        }
        try {
            ContainerUse use = hold(image, directory);
            try {
                return mounts.mount(directory, lower(use.layers()));
            } catch (SkepException | IOException e) {
                release(use);
                throw e;
            }
        } catch (IOException e) {
            throw Failures.disk("mounting the root file system of container " + directory.getFileName(), e);
        }
    }

    void unmount(Path containerDir) {
        Path directory = containerDir.toAbsolutePath().normalize();
        try {
            mounts.unmount(directory);
            ContainerUse use = uses.get(String.valueOf(directory.getFileName()));
            if (use != null) {
                release(use);
            }
            directories.trash().empty();
        } catch (IOException e) {
            throw Failures.disk("unmounting the root file system of container " + directory.getFileName(), e);
        }
    }

    /** The directories of all containers that have a root file system, sorted; also of those mounted by a predecessor. */
    List<Path> mounted() {
        Set<Path> found = new TreeSet<>(mounts.found());
        uses.values().forEach(use -> found.add(use.directory()));
        return List.copyOf(found);
    }

    /** A container that needs the image, if there is one. */
    Optional<String> user(String imageId) {
        Map<String, ContainerUse> sorted = new TreeMap<>(uses);
        return sorted.values().stream()
                .filter(use -> use.imageId().equals(imageId))
                .map(ContainerUse::container)
                .findFirst();
    }

    private ContainerUse hold(Image image, Path directory) throws IOException {
        ContainerUse use = ContainerUse.of(directory, image);
        ContainerUse known = uses.get(use.container());
        if (known != null && known.equals(use)) {
            return known;
        }
        if (known != null) {
            throw new SkepException(
                    ErrorCode.WRONG_STATE,
                    "container " + use.container() + " is mounted with the image " + known.reference()
                            + " already; remove the container first");
        }
        String owner = Owners.container(use.container());
        for (String layer : use.layers()) {
            if (!layers.hold(layer, owner)) {
                layers.release(use.layers(), owner);
                throw new SkepException(
                        ErrorCode.NOT_INSTALLED,
                        "image " + image.reference() + " was removed from this node meanwhile; load it again with"
                                + " swarm:image-load FILE or swarm:image-import FILE " + image.reference());
            }
        }
        uses.put(use.container(), use);
        try {
            directories.replace(note(use), use.write());
        } catch (IOException e) {
            release(use);
            throw e;
        }
        return use;
    }

    private void release(ContainerUse use) throws IOException {
        Files.deleteIfExists(note(use));
        uses.remove(use.container());
        layers.release(use.layers(), Owners.container(use.container()));
    }

    /** Names of the lower directories, the highest first; a layer that occurs twice counts where it is highest. */
    private List<String> lower(List<String> diffIds) {
        List<String> names = new ArrayList<>();
        for (int i = diffIds.size() - 1; i >= 0; i--) {
            String name = layers.link(diffIds.get(i));
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    private Path note(ContainerUse use) {
        return directories.mounts().resolve(use.container() + ".json");
    }
}
