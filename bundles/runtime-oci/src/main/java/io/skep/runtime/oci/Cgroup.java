package io.skep.runtime.oci;

import io.skep.api.runtime.ContainerStats;
import io.skep.runtime.oci.spec.RuntimeSpec;
import io.skep.runtime.support.Disk;
import io.skep.runtime.support.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control groups of one container (cgroups(7)), in either version. */
final class Cgroup {
    private static final Logger LOG = LoggerFactory.getLogger(Cgroup.class);
    /** Version 1 writes "no limit" as the largest number of pages. */
    private static final long UNLIMITED = 1L << 60;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long NANOS_PER_MICRO = 1_000;

    private final String path;

    Cgroup(String id) {
        this.path = RuntimeSpec.cgroup(id).substring(1);
    }

    /** What the container uses; empty when it has no control groups any more. */
    Optional<ContainerStats> stats() {
        return Host.unifiedCgroups() ? unified() : split();
    }

    private Optional<ContainerStats> unified() {
        Path group = Host.CGROUPS.resolve(path);
        return Disk.read(group.resolve("cpu.stat"))
                .map(cpu -> new ContainerStats(
                        micros(cpu) * NANOS_PER_MICRO,
                        number(group.resolve("memory.current")),
                        number(group.resolve("memory.max")),
                        number(group.resolve("pids.current"))));
    }

    private static long micros(String cpu) {
        return cpu.lines()
                .filter(line -> line.startsWith("usage_usec "))
                .map(line -> Long.valueOf(line.substring("usage_usec ".length())))
                .findFirst()
                .orElse(0L);
    }

    private Optional<ContainerStats> split() {
        return Disk.readNumber(controller("cpuacct").resolve("cpuacct.usage")).map(cpu -> {
            long limit = number(controller("memory").resolve("memory.limit_in_bytes"));
            return new ContainerStats(
                    cpu,
                    number(controller("memory").resolve("memory.usage_in_bytes")),
                    limit >= UNLIMITED ? 0 : limit,
                    number(controller("pids").resolve("pids.current")));
        });
    }

    private Path controller(String name) {
        return Host.CGROUPS.resolve(name).resolve(path);
    }

    private static long number(Path file) {
        return Disk.readNumber(file).orElse(0L);
    }

    /** The group of version 2, which on hosts with both versions stands beside the others, if it has a file of this name. */
    Optional<Path> telling(String file) {
        return Stream.of(Host.CGROUPS, Host.CGROUPS.resolve("unified"))
                .map(root -> root.resolve(path))
                .filter(group -> Files.exists(group.resolve(file)))
                .findFirst();
    }

    /** Removes groups that the OCI runtime left, such as when it was killed while it made them; kills what is in them. */
    void remove() {
        List<Path> groups = groups();
        Set<ProcessId> members = groups.stream()
                .flatMap(group -> Disk.read(group.resolve("cgroup.procs")).stream())
                .flatMap(String::lines)
                .flatMap(pid -> ProcessId.of(Long.parseLong(pid)).stream())
                .collect(Collectors.toSet());
        ProcessId.killAll(members, PATIENCE);
        for (Path group : groups) {
            try {
                Files.deleteIfExists(group);
            } catch (IOException busy) {
                LOG.warn("The control group {} is left behind: {}", group, busy.getMessage());
            }
        }
    }

    private List<Path> groups() {
        Stream<Path> parents = Host.unifiedCgroups() ? Stream.of(Host.CGROUPS) : Disk.list(Host.CGROUPS).stream();
        return parents.map(parent -> parent.resolve(path))
                .filter(Files::isDirectory)
                .toList();
    }
}
