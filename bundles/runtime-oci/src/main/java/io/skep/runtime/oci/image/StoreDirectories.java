package io.skep.runtime.oci.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the store keeps what, and how it writes so that a crash leaves the old or the new, never a half.
 *
 * <pre>
 * layers/sha256/HEX/      an unpacked layer in the form overlayfs takes as a lower directory, named by its diff id
 * layers/sha256/HEX.json  its size
 * l/SHORT                 links to layers, short so that many fit into the options of one mount
 * images/REFERENCE.json   what a reference stands for
 * mounts/CONTAINER.json   which layers a container holds
 * empty/                  the lower directory of images without layers
 * tmp/                    work in progress, and what waits for its deletion; emptied at activation
 * </pre>
 */
record StoreDirectories(Path root) {
    Path layers() {
        return root.resolve("layers/sha256");
    }

    Path links() {
        return root.resolve("l");
    }

    Path images() {
        return root.resolve("images");
    }

    Path mounts() {
        return root.resolve("mounts");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    Path empty() {
        return root.resolve("empty");
    }

    Trash trash() {
        return new Trash(temporary());
    }

    /** Opens a store: makes what is missing and removes what a killed predecessor left in {@code tmp}. */
    static StoreDirectories prepare(Path root) {
        try {
            Files.createDirectories(root);
            StoreDirectories store = new StoreDirectories(root.toRealPath());
            store.makeAll();
            store.trash().discardLeftovers();
            return store;
        } catch (IOException e) {
            throw Failures.disk("preparing the image store in " + root, e);
        }
    }

    private void makeAll() throws IOException {
        for (Path directory : List.of(layers(), links(), images(), mounts(), temporary(), empty())) {
            Files.createDirectories(directory);
        }
    }

    /** An empty directory that a layer is unpacked into, open to all as a root file system is. */
    Path newLayer(Path work) {
        try {
            Path layer = Files.createDirectory(work.resolve("layer"));
            return Files.setPosixFilePermissions(layer, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw Failures.disk("making a directory for a layer", e);
        }
    }

    /** A new directory in {@code tmp}. */
    Path newTemporary(String purpose) {
        try {
            return Files.createTempDirectory(temporary(), purpose + "-");
        } catch (IOException e) {
            throw Failures.disk("making a temporary directory", e);
        }
    }

    /** Deletes a tree; done by a program because names in layers need not be text that Java can express. */
    void delete(Path tree) {
        boolean interrupted = Thread.interrupted();
        try {
            HostCommand.run("deleting " + tree, root, List.of("rm", "-rf", "--", tree.toString()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Writes a whole file at once, as far as other processes and a kill are concerned. */
    void replace(Path file, byte[] content) throws IOException {
        replace(file, content, channel -> {});
    }

    /** Writes a whole file at once; it outlives a power cut when this returns. */
    void persist(Path file, byte[] content) throws IOException {
        replace(file, content, channel -> channel.force(true));
        try (FileChannel parent = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            parent.force(true);
        }
    }

    /** Brings all that was written so far to the disk, in one step whatever the number of files. */
    void flush() {
        HostCommand.run("flushing layers to disk", temporary(), List.of("sync", "--file-system", "."));
    }

    private void replace(Path file, byte[] content, Finish finish) throws IOException {
        Path fresh = Files.createTempFile(temporary(), "file-", "");
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                finish.apply(channel);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** The entries of a directory in the order of their names. */
    static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return new ArrayList<>(entries.sorted().toList());
        }
    }

    /** What is done to a file once its content is written. */
    @FunctionalInterface
    private interface Finish {
        void apply(FileChannel file) throws IOException;
    }
}
