package io.skep.cluster.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The commands of one host's node. */
final class Shell {
    private final Path socket;

    /** @param socket of the node's probe */
    Shell(Path socket) {
        this.socket = socket;
    }

    /** Runs a command to its end. */
    Output run(String... words) {
        Talk talk;
        try {
            talk = Talk.open(socket, CommandLine.of(words));
        } catch (IOException e) {
            return new Output(Output.UNREACHABLE, "", "no node: " + e.getMessage());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (talk) {
            String failure = talk.read(out::writeBytes);
            return new Output(failure.isEmpty() ? 0 : 1, text(out), plain(failure));
        } catch (IOException e) {
            return new Output(Output.LOST, text(out), "the node ended: " + e.getMessage());
        }
    }

    /** Starts a command that prints lines until it is closed; empty when there is no node. */
    Optional<Lines> follow(String... words) {
        try {
            return Optional.of(new Lines(Talk.open(socket, CommandLine.of(words))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String text(ByteArrayOutputStream bytes) {
        return plain(bytes.toString(StandardCharsets.UTF_8));
    }

    /** Colours are for terminals. */
    private static String plain(String text) {
        return text.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "");
    }
}
