package io.skep.runtime.oci;

import io.skep.runtime.support.LogDirectory;
import java.nio.file.Path;

/**
 * Where the files of one container are.
 *
 * <pre>
 * container.json   written last by prepare, deleted first by remove: a directory without it is half-done
 * bundle/          config.json, and the monitor's control fifo
 * etc/             the files mounted over /etc/hostname, hosts and resolv.conf
 * volumes/         anonymous volumes
 * logs/            numbered log files
 * started          exists once the first process was executed, then
 * pid, monitor.pid written by the monitor
 * oom              exists once the kernel killed a process for the memory limit
 * rootfs…          the image store's
 * </pre>
 *
 * @param path named after the container's id
 */
record ContainerDir(Path path) {
    String id() {
        return path.getFileName().toString();
    }

    Path record() {
        return path.resolve("container.json");
    }

    Path bundle() {
        return path.resolve("bundle");
    }

    Path etc() {
        return path.resolve("etc");
    }

    Path volumes() {
        return path.resolve("volumes");
    }

    LogDirectory logs() {
        return new LogDirectory(path.resolve("logs"));
    }

    Path started() {
        return path.resolve("started");
    }

    Path pid() {
        return path.resolve("pid");
    }

    Path monitorPid() {
        return path.resolve("monitor.pid");
    }

    Path outOfMemory() {
        return path.resolve("oom");
    }
}
