package io.skep.cluster.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** What a node has written about itself. */
final class Logs {
    private Logs() {}

    /** Copies the logs that are on a host's disk. */
    static void copy(Path disk, Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Path file : on(disk)) {
            Files.copy(file, directory.resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static List<Path> on(Path disk) throws IOException {
        Path logs = disk.resolve("data/log");
        try (Stream<Path> top = Files.list(disk);
                Stream<Path> karaf = Files.exists(logs) ? Files.list(logs) : Stream.empty()) {
            return Stream.concat(top.filter(file -> file.endsWith("node.out")), karaf)
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }
}
