package io.skep.runtime.oci;

import io.skep.runtime.oci.spec.HostFacts;
import io.skep.runtime.support.Disk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at what this host's kernel permits. */
final class Host {
    static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    private static final long MAX_OPEN_FILES = 1 << 20;

    private Host() {}

    static HostFacts facts(boolean seccomp) {
        return new HostFacts(
                unifiedCgroups(), swapAccounting(), maxOpenFiles(), seccomp, System.getProperty("os.arch", ""));
    }

    /** True when this process may do what containers need. */
    static boolean isRoot() {
        return lines(Path.of("/proc/self/status")).anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"));
    }

    /** True when there are control groups of version 2 alone (cgroups(7)). */
    static boolean unifiedCgroups() {
        return Files.exists(CGROUPS.resolve("cgroup.controllers"));
    }

    private static boolean swapAccounting() {
        if (!unifiedCgroups()) {
            return Files.exists(CGROUPS.resolve("memory/memory.memsw.limit_in_bytes"));
        }
        return lines(Path.of("/proc/self/cgroup"))
                .filter(line -> line.startsWith("0::/"))
                .anyMatch(
                        line -> Files.exists(CGROUPS.resolve(line.substring(4)).resolve("memory.swap.max")));
    }

    /** The hard limit of this process: without CAP_SYS_RESOURCE nothing higher can be given on. */
    private static long maxOpenFiles() {
        return lines(Path.of("/proc/self/limits"))
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.split("\\s+", -1)[4])
                .filter(hard -> hard.matches("\\d+"))
                .map(Long::valueOf)
                .findFirst()
                .map(hard -> Math.min(hard, MAX_OPEN_FILES))
                .orElse(MAX_OPEN_FILES);
    }

    private static Stream<String> lines(Path file) {
        Optional<String> text = Disk.read(file);
        return text.stream().flatMap(String::lines);
    }
}
