package io.skep.api.stack;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A stack as its author wrote it.
 *
 * @param name the stack's name, {@code [a-z0-9][a-z0-9_-]*}
 * @param files the stack files, later ones override earlier ones
 * @param variables for {@code ${NAME}}
 * @param reader brings the further files that the stack files name
 */
public record StackSource(String name, List<File> files, Map<String, String> variables, FileReader reader) {
    public StackSource {
        files = List.copyOf(files);
    }

    /**
     * One file.
     *
     * @param path as the author named it, for findings
     * @param text its content
     */
    public record File(String path, String text) {}

    /** Reads a file that a stack file names, such as an {@code env_file}, relative to the stack file. */
    @FunctionalInterface
    public interface FileReader {
        /**
         * The file's text.
         *
         * @throws io.skep.model.SkepException {@code NOT_FOUND} when it cannot be read, with the reason
         */
        String read(String path);

        /** The file's bytes, which need not be text; throws as {@link #read}. */
        default byte[] bytes(String path) {
            return read(path).getBytes(StandardCharsets.UTF_8);
        }
    }
}
