package io.skep.runtime.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** File operations whose failures name the file and what may help. */
public final class Disk {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration DELETE = Duration.ofMinutes(2);

    private Disk() {}

    /** An operation on files. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    /** Runs {@code work} and turns its failure into one that people understand. */
    public static <T> T attempt(String doing, Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw failure(doing, e);
        }
    }

    /** The error for a failed operation: {@code EXHAUSTED} for a full disk, {@code FAILED} otherwise. */
    public static SkepException failure(String doing, IOException e) {
        String reason = e instanceof FileSystemException file && file.getReason() != null
                ? file.getReason() + ": " + file.getFile()
                : String.valueOf(e.getMessage());
        return isFull(reason)
                ? new SkepException(
                        ErrorCode.EXHAUSTED, doing + " failed: the disk is full; free space and try again", e)
                : new SkepException(ErrorCode.FAILED, doing + " failed: " + reason, e);
    }

    /** True when a system's message says that a disk is full. */
    public static boolean isFull(String reason) {
        return reason.contains("No space left") || reason.contains("no space left") || reason.contains("Disk quota");
    }

    /** Makes directories and their parents; no error when they exist. */
    public static void directories(Path... paths) {
        for (Path path : paths) {
            attempt("making the directory " + path, () -> Files.createDirectories(path));
        }
    }

    /** Writes a text. */
    public static void write(Path file, String content) {
        attempt("writing " + file, () -> Files.writeString(file, content));
    }

    /** Writes a file whole or not at all. */
    public static void writeJson(Path file, Object tree) {
        attempt("writing " + file, () -> {
            Path draft = file.resolveSibling(file.getFileName() + ".draft");
            Files.write(draft, JSON.writeValueAsBytes(tree));
            return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    /** Empty when there is no such file, or it is cut off. */
    public static Optional<JsonNode> readJson(Path file) {
        try {
            return Optional.of(JSON.readTree(Files.readAllBytes(file))).filter(JsonNode::isObject);
        } catch (IOException absentOrCutOff) {
            return Optional.empty();
        }
    }

    /** The tree that a text says; empty when it is none. */
    public static Optional<JsonNode> parseJson(String text) {
        try {
            return Optional.of(JSON.readTree(text)).filter(JsonNode::isContainerNode);
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /** The file's text without blanks around it; empty when it cannot be read. */
    public static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** The number in a file; empty when there is none. */
    public static Optional<Long> readNumber(Path file) {
        return read(file).filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf);
    }

    /** The entries of a directory in the order of their names; none when it does not exist. */
    public static List<Path> list(Path dir) {
        try (Stream<Path> entries = Files.list(dir)) {
            return entries.sorted().toList();
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (IOException e) {
            throw failure("listing " + dir, e);
        }
    }

    /** Deletes a file or an empty directory; no error when it is absent. */
    public static void delete(Path file) {
        attempt("deleting " + file, () -> Files.deleteIfExists(file));
    }

    /** Deletes a tree of this runtime's making or a container's; crosses no mount. A program does it: names need not be text. */
    public static void deleteTree(Path tree) {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Program.Output output = Program.of(DELETE, List.of("rm", "-rf", "--one-file-system", "--", tree.toString()))
                .run();
        if (!output.ok()) {
            throw new SkepException(
                    ErrorCode.FAILED,
                    "deleting " + tree + " failed: " + output.text().strip());
        }
    }

    /** Deletes a tree that only this runtime wrote to, without the cost of a program. */
    public static void deleteOwn(Path tree) {
        try {
            deleteEntries(tree);
        } catch (DirectoryNotEmptyException somebodyStillWrites) {
            deleteTree(tree);
        } catch (IOException e) {
            throw failure("deleting " + tree, e);
        }
    }

    private static void deleteEntries(Path tree) throws IOException {
        if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
            for (Path entry : list(tree)) {
                deleteEntries(entry);
            }
        }
        Files.deleteIfExists(tree);
    }
}
