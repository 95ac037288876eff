package io.skep.itests.karaf;

import io.skep.api.runtime.Container;
import io.skep.api.runtime.ContainerRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Which processes the containers are, told by the kernel and not by Skep's records alone. */
final class Containers {
    private static final int START_TIME = 22;

    private Containers() {}

    /** Of every running container the pid and the start time of its first process. */
    static Map<String, String> running(Services services) throws Exception {
        return services.with(ContainerRuntime.class, "(runtime=oci)", runtime -> {
            Map<String, String> processes = new TreeMap<>();
            for (Container container : runtime.adopt()) {
                if (container.state() == Container.State.RUNNING) {
                    processes.put(container.id(), process(container.pid().orElseThrow()));
                }
            }
            return processes;
        });
    }

    private static String process(int pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        // the fields before are the pid and the name, and proc(5) counts from 1
        return "pid " + pid + " started at " + fields[START_TIME - 3];
    }
}
