package io.skep.cluster.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs programs of the test's machine to their end. */
final class Programs {
    private Programs() {}

    /** Runs a program; its output. Fails when the program fails. */
    static String must(List<String> line) {
        return must(line, "");
    }

    /** Runs a program with a text for its input; its output. Fails when the program fails. */
    static String must(List<String> line, String input) {
        Output output = run(line, input);
        if (!output.succeeded()) {
            throw new IllegalStateException(String.join(" ", line) + " failed with " + output.code() + ": "
                    + output.err() + output.out() + input);
        }
        return output.out().strip();
    }

    /** Runs a program with a text for its input, however it ends. */
    static Output run(List<String> line, String input) {
        return run(line, input.getBytes(StandardCharsets.UTF_8));
    }

    /** Runs a program with an input, however it ends. */
    static Output run(List<String> line, byte[] input) {
        try {
            // A file for the errors, so that no second reader is needed beside the one of the output.
            Path errors = Files.createTempFile("skep-program", ".err");
            try {
                Process process =
                        new ProcessBuilder(line).redirectError(errors.toFile()).start();
                try (var stdin = process.getOutputStream()) {
                    stdin.write(input);
                }
                String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Output(process.waitFor(), text, Files.readString(errors));
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + String.join(" ", line) + " ran", e);
        }
    }
}
