package io.skep.runtime.support;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The log files of one container: numbered upwards, the highest one that is not empty is written now.
 *
 * @param path the directory
 */
public record LogDirectory(Path path) {
    private static final int DIGITS = 8;

    /** The files by number, oldest first; empty when the directory is gone. */
    public TreeMap<Integer, Path> files() {
        TreeMap<Integer, Path> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(path)) {
            entries.forEach(entry -> number(entry).ifPresent(n -> files.put(n, entry)));
        } catch (NoSuchFileException gone) {
            return files;
        } catch (IOException e) {
            throw new SkepException(
                    ErrorCode.FAILED, "the logs in " + path + " cannot be listed: " + e.getMessage(), e);
        }
        return files;
    }

    /** Where the file of a number is. */
    public Path file(int number) {
        return path.resolve(String.format("%08d", number));
    }

    private static OptionalInt number(Path file) {
        String name = file.getFileName().toString();
        boolean numbered = name.length() == DIGITS && name.chars().allMatch(Character::isDigit);
        return numbered ? OptionalInt.of(Integer.parseInt(name)) : OptionalInt.empty();
    }
}
