package io.skep.runtime.oci.image;

import io.skep.api.runtime.Image;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The seam between the containers and the images of this bundle: root file systems made of an image's shared layers and a
 * container's own writable one. Registered as a service by the image store, used by the runtime alone. Methods may block;
 * verbs of one directory are never called at once, those of different directories are.
 */
public interface RootFilesystems {
    /** Finds an image as {@link io.skep.api.runtime.ImageStore#find} does. */
    Optional<Image> find(String reference);

    /**
     * Mounts the image's layers below a writable layer that is kept in {@code containerDir}; does nothing when that is
     * mounted already. Nothing is left mounted on failure. What the container wrote lasts until it is unmounted or the host is
     * restarted: mounting after that begins anew.
     *
     * @param containerDir an existing directory of one container, named after its id; what is made in it begins with {@code rootfs}
     * @return the path of the mounted root file system, below {@code containerDir}
     */
    Path mount(Image image, Path containerDir);

    /** Unmounts what {@link #mount} mounted for the container, also after the Java virtual machine was killed; no error when nothing is. */
    void unmount(Path containerDir);

    /**
     * The directories of all containers that have a root file system, sorted, also those mounted before the Java virtual machine
     * was killed: whoever finds one of a container that no longer exists calls {@link #unmount} for it.
     */
    List<Path> mounted();
}
