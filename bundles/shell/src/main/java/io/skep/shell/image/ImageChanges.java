package io.skep.shell.image;

import io.skep.api.runtime.ImageConfig;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An image's configuration from Dockerfile lines, as {@code docker import --change} takes them; pure. */
final class ImageChanges {
    private final List<String> env = new ArrayList<>();
    private final List<String> ports = new ArrayList<>();
    private List<String> entrypoint = List.of();
    private List<String> command = List.of();
    private String directory = "";
    private String user = "";
    private String signal = "";

    private ImageChanges() {}

    static ImageConfig config(List<String> lines) {
        ImageChanges changes = new ImageChanges();
        lines.forEach(changes::apply);
        return new ImageConfig(
                changes.entrypoint,
                changes.command,
                changes.env,
                changes.directory,
                changes.user,
                changes.signal,
                Map.of(),
                changes.ports,
                List.of());
    }

    private void apply(String line) {
        String[] parts = line.strip().split("\\s+", 2);
        String value = parts.length == 2 ? parts[1] : "";
        if (value.isEmpty()) {
            throw wrong(line);
        }
        switch (parts[0].toUpperCase(Locale.ROOT)) {
            case "ENTRYPOINT" -> entrypoint = words(value);
            case "CMD" -> command = words(value);
            case "ENV" -> env.addAll(variables(value));
            case "WORKDIR" -> directory = value;
            case "USER" -> user = value;
            case "STOPSIGNAL" -> signal = value;
            case "EXPOSE" -> {
                for (String port : value.split("\\s+", -1)) {
                    ports.add(port.contains("/") ? port : port + "/tcp");
                }
            }
            default -> throw wrong(line);
        }
    }

    private static SkepException wrong(String line) {
        return new SkepException(
                ErrorCode.INVALID_ARGUMENT,
                "'" + line
                        + "' is not understood; use ENTRYPOINT, CMD, ENV, WORKDIR, USER, STOPSIGNAL or EXPOSE, and a value");
    }

    /** {@code A=1 B=2}, or one variable as {@code A some words}. */
    private static List<String> variables(String value) {
        List<String> words = Arrays.asList(value.split("\\s+", -1));
        if (words.stream().allMatch(word -> word.indexOf('=') > 0)) {
            return words;
        }
        return List.of(words.get(0).contains("=") ? value : value.replaceFirst("\\s+", "="));
    }

    /** The JSON form, or the shell form. */
    private static List<String> words(String value) {
        if (!value.startsWith("[")) {
            return List.of("/bin/sh", "-c", value);
        }
        try {
            return List.of(Codec.fromJson(value, String[].class));
        } catch (SkepException malformed) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    value + " is no JSON list of words; write it like [\"/bin/httpd\", \"-f\"]",
                    malformed);
        }
    }
}
