package io.skep.cluster.lab;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What labs are made of and where on the test's machine.
 *
 * @param distribution of Skep, a tar.gz
 * @param probe the bundle that is put into each node
 * @param script {@code ./skep}
 * @param work a directory for labs, templates and logs
 */
public record Place(Path distribution, Path probe, Path script, Path work) {
    /** As the system properties {@code skep.distribution}, {@code skep.probe}, {@code skep.script} and {@code skep.lab.work} say. */
    public static Place configured() {
        return new Place(
                path("skep.distribution"),
                path("skep.probe"),
                path("skep.script"),
                Path.of(System.getProperty("skep.lab.work", "target/lab")).toAbsolutePath());
    }

    private static Path path(String property) {
        String value = System.getProperty(property, "");
        Path path = Path.of(value).toAbsolutePath().normalize();
        if (value.isEmpty() || !Files.isRegularFile(path)) {
            throw new IllegalStateException("the property " + property + " names no file: " + value);
        }
        return path;
    }

    Path labs() {
        return work.resolve("labs");
    }

    Path templates() {
        return work.resolve("templates");
    }
}
