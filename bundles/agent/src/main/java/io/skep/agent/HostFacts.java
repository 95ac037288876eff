package io.skep.agent;

import io.skep.model.NodeDescription;
import io.skep.model.Platform;
import io.skep.model.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What this host has, read from the kernel. */
final class HostFacts {
    private static final Pattern MEMORY = Pattern.compile("MemTotal:\\s+(\\d+) kB");
    private static final long NANOS = 1_000_000_000L;
    private static final Map<String, String> GO_NAMES = Map.of("x86_64", "amd64", "aarch64", "arm64");

    private HostFacts() {}

    static NodeDescription describe(String version, List<String> runtimes, List<String> drivers) {
        String architecture = System.getProperty("os.arch", "");
        return new NodeDescription(
                text("/proc/sys/kernel/hostname").strip(),
                new Platform(
                        GO_NAMES.getOrDefault(architecture, architecture),
                        System.getProperty("os.name", "").toLowerCase(Locale.ROOT)),
                new Resources(Runtime.getRuntime().availableProcessors() * NANOS, memory(), 0),
                version,
                Map.of(),
                runtimes,
                drivers);
    }

    private static long memory() {
        Matcher matcher = MEMORY.matcher(text("/proc/meminfo"));
        return matcher.find() ? Long.parseLong(matcher.group(1)) * 1024 : 0;
    }

    private static String text(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException e) {
            return "";
        }
    }
}
