package io.skep.api.runtime;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The images on this node. Layers are kept once by their digest and shared. All methods may block for as long as the disk takes; call
 * them from an Effects thread. Idempotent: loading what is there changes nothing. Writes are atomic: a crash leaves the image whole or absent.
 */
@ProviderType
public interface ImageStore {
    /**
     * Loads an OCI image layout (directory or tar, gzip or not) or a docker-archive tar.
     *
     * @param progress told what is being done, in short phrases
     * @return the images found in it
     * @throws io.skep.model.SkepException {@code INVALID_ARGUMENT} when it is neither, names what is wrong, or a digest does not match
     */
    List<Image> load(Path file, Progress progress);

    /**
     * Makes an image of one layer from a tar of a root file system (gzip or not) or a directory.
     *
     * @param reference the name to give, such as {@code example/web:1}
     */
    Image importRootfs(Path file, String reference, ImageConfig config, Progress progress);

    /**
     * Takes in a file that comes in pieces, to be loaded or imported once it is whole. Kept beside the images, on the same disk; one that nobody closed is
     * removed when the store starts next.
     *
     * @param name the file's name without directories
     * @throws io.skep.model.SkepException {@code INVALID_ARGUMENT} when it is no such name
     */
    Arrival receive(String name);

    /** All images, sorted by reference. */
    List<Image> list();

    /** Finds by reference (tag {@code latest} and the registry {@code docker.io/library} are implied), id, or unique id prefix of 4 or more. */
    Optional<Image> find(String reference);

    /**
     * Forgets a reference, and its layers when nothing else needs them.
     *
     * @throws io.skep.model.SkepException {@code NOT_FOUND}, or {@code IN_USE} naming a container that uses it
     */
    void remove(String reference);

    /** A file that comes in pieces. May block; for one caller at a time, but {@link #close} may come at any time. */
    @ProviderType
    interface Arrival extends AutoCloseable {
        /**
         * Adds a piece at the end.
         *
         * @throws io.skep.model.SkepException {@code EXHAUSTED} when the disk is full
         */
        void append(ByteBuffer piece);

        /** Where the file is. */
        Path file();

        /** The digest of what has come so far, {@code sha256:…}. */
        String digest();

        /** Removes the file; idempotent. */
        @Override
        void close();
    }
}
