package io.skep.runtime.oci;

import io.skep.runtime.support.Disk;
import io.skep.runtime.support.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out whether crun can start a container here, by starting one. On hosts that carry control groups of both versions,
 * crun refuses to work unless the newer hierarchy is out of its sight, which a wrapper sees to.
 */
final class CrunCheck {
    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final String WRAPPER = """
            #!/bin/sh
            # crun refuses hosts with control groups of both versions; in a mount namespace of its own it sees one.
            exec unshare --mount sh -c 'umount /sys/fs/cgroup/unified && exec PROGRAM "$@"' crun "$@"
            """;
    private static final List<String> SHOWN = List.of("/bin", "/lib", "/lib64", "/usr");

    private final Path root;

    CrunCheck(Path root) {
        this.root = root;
    }

    /** The program to use: crun itself, or a wrapper of it; empty when neither starts a container. */
    Optional<Path> usable(Path crun) {
        if (starts(crun)) {
            return Optional.of(crun);
        }
        return Files.isDirectory(Path.of("/sys/fs/cgroup/unified"))
                ? Optional.of(wrapper(crun)).filter(this::starts)
                : Optional.empty();
    }

    private Path wrapper(Path crun) {
        Path bin = root.resolve("bin");
        Path wrapper = bin.resolve("crun-wrapped");
        Disk.directories(bin);
        Disk.write(wrapper, WRAPPER.replace("PROGRAM", crun.toString()));
        return Disk.attempt(
                "making " + wrapper + " executable",
                () -> Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    private boolean starts(Path program) {
        Path bundle = root.resolve("check");
        Disk.deleteTree(bundle);
        Disk.directories(bundle.resolve("rootfs"));
        Disk.writeJson(bundle.resolve("config.json"), config());
        String id = "skep-check-" + ProcessHandle.current().pid();
        try {
            return Program.of(
                            SHORT,
                            List.of(
                                    program.toString(),
                                    "--root",
                                    root.resolve("state").toString(),
                                    "run",
                                    id))
                    .in(bundle)
                    .run()
                    .ok();
        } finally {
            Program.of(
                            SHORT,
                            List.of(
                                    program.toString(),
                                    "--root",
                                    root.resolve("state").toString(),
                                    "delete",
                                    "--force",
                                    id))
                    .run();
            Disk.deleteTree(bundle);
        }
    }

    /** A container that sees the host's programs and runs the one that does nothing. */
    private static Map<String, Object> config() {
        List<Map<String, Object>> mounts = new ArrayList<>(List.of(
                Map.of("destination", "/proc", "type", "proc", "source", "proc"),
                Map.of("destination", "/dev", "type", "tmpfs", "source", "tmpfs")));
        SHOWN.stream()
                .filter(path -> Files.isDirectory(Path.of(path)))
                .forEach(path -> mounts.add(Map.of(
                        "destination", path, "type", "bind", "source", path, "options", List.of("rbind", "ro"))));
        return Map.of(
                "ociVersion", "1.0.2",
                "process",
                        Map.of(
                                "terminal",
                                false,
                                "user",
                                Map.of("uid", 0, "gid", 0),
                                "args",
                                List.of("/bin/true"),
                                "cwd",
                                "/"),
                "root", Map.of("path", "rootfs"),
                "mounts", mounts,
                "linux",
                        Map.of(
                                "cgroupsPath",
                                "/skep/check",
                                "namespaces",
                                List.of(Map.of("type", "pid"), Map.of("type", "mount"))));
    }
}
