package io.skep.shell.image;

import io.skep.api.runtime.ImageConfig;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import java.util.ArrayList;
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
        switch (parts[0].toUpperCase(Locale.ROOT)) {
            case "ENTRYPOINT" -> entrypoint = words(value);
            case "CMD" -> command = words(value);
            case "ENV" -> env.add(value.contains("=") ? value : value.replaceFirst("\\s+", "="));
            case "WORKDIR" -> directory = value;
            case "USER" -> user = value;
            case "STOPSIGNAL" -> signal = value;
            case "EXPOSE" -> ports.add(value.contains("/") ? value : value + "/tcp");
            default ->
                throw new SkepException(
                        ErrorCode.INVALID_ARGUMENT,
                        "'" + line
                                + "' is not understood; use ENTRYPOINT, CMD, ENV, WORKDIR, USER, STOPSIGNAL or EXPOSE");
        }
    }

    /** The JSON form, or the shell form. */
    private static List<String> words(String value) {
        return value.startsWith("[") ? List.of(Codec.fromJson(value, String[].class)) : List.of("/bin/sh", "-c", value);
    }
}
