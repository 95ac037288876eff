package io.skep.runtime.process;

import io.skep.api.runtime.ContainerStats;
import io.skep.runtime.support.Disk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Adds up what a process and its descendants use. */
final class ProcessTree {
    private static final int KIB = 1024;

    private ProcessTree() {}

    static ContainerStats stats(ProcessHandle process) {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(process), process.descendants()).toList();
        Duration cpu = all.stream()
                .flatMap(each -> each.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
        long memory = all.stream().mapToLong(each -> residentBytes(each.pid())).sum();
        return new ContainerStats(cpu.toNanos(), memory, 0, all.size());
    }

    private static long residentBytes(long pid) {
        Optional<String> status = Disk.read(Path.of("/proc/" + pid + "/status"));
        return status.stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(kib -> Long.parseLong(kib) * KIB)
                .findFirst()
                .orElse(0);
    }
}
