package io.skep.runtime.oci.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks at directory trees in tests. */
final class Trees {
    private Trees() {}

    /** Every path below a directory, sorted. */
    static List<String> listing(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.map(path -> directory.relativize(path).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every path of a store, sorted, once it has deleted what it threw away. */
    static List<String> settled(Path store) {
        new StoreDirectories(store).trash().emptyNow();
        return listing(store);
    }

    /** What tar says about a file's owner, mode, time and attributes. */
    static String describe(Path file) {
        return output(
                file.resolveSibling("."),
                "sh",
                "-c",
                "TZ=UTC tar --xattrs --xattrs-include='*' -cf - \"$1\" | TZ=UTC tar --xattrs --xattrs-include='*'"
                        + " --numeric-owner --full-time -tvvf - | head -n 3",
                "sh",
                file.getFileName().toString());
    }

    static Object attribute(Path file, String name) {
        try {
            return Files.getAttribute(file, "unix:" + name, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String output(Path directory, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
