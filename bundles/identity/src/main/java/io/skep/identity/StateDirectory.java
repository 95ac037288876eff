package io.skep.identity;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The directory of one node's swarm: {@code node.json} tells that there is one, and is written last. */
final class StateDirectory {
    private static final String NODE = "node.json";
    private static final String KEY = "gossip.key";
    private static final FileAttribute<?> OWNER_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path directory;

    StateDirectory(Path directory) {
        this.directory = directory;
    }

    Path path() {
        return directory;
    }

    Optional<NodeFile> node() {
        return read(NODE).map(bytes -> Codec.fromJson(new String(bytes, StandardCharsets.UTF_8), NodeFile.class));
    }

    byte[] key() {
        return read(KEY)
                .orElseThrow(() -> new SkepException(
                        ErrorCode.CORRUPT,
                        directory.resolve(KEY)
                                + " is missing; restore it from a backup or leave the swarm with --force"));
    }

    /** Starts from an empty directory, so that what an interrupted attempt left does not matter. */
    void found(NodeFile node, byte[] gossipKey) {
        delete();
        try {
            Files.createDirectories(directory.toAbsolutePath().getParent());
            Files.createDirectory(directory, OWNER_DIRECTORY);
            write(KEY, gossipKey);
            write(NODE, Codec.toJson(node).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(directory.resolve(NODE));
            if (Files.exists(directory)) {
                try (Stream<Path> tree = Files.walk(directory)) {
                    List<Path> deepestFirst =
                            tree.sorted(Comparator.reverseOrder()).toList();
                    for (Path path : deepestFirst) {
                        Files.deleteIfExists(path);
                    }
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw failed("delete", e);
        }
    }

    private Optional<byte[]> read(String name) {
        try {
            return Optional.of(Files.readAllBytes(directory.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    private void write(String name, byte[] content) throws IOException {
        Path temporary = directory.resolve(name + ".new");
        try (FileChannel file = FileChannel.open(
                temporary, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_FILE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
            file.force(true);
        }
        Files.move(temporary, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel parent = FileChannel.open(directory, StandardOpenOption.READ)) {
            parent.force(true);
        }
    }

    private SkepException failed(String verb, Exception e) {
        return new SkepException(
                ErrorCode.EXHAUSTED,
                "cannot " + verb + " " + directory + ": " + e + "; check the disk and the owner of the directory",
                e);
    }
}
