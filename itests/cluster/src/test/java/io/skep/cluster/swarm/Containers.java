package io.skep.cluster.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.skep.cluster.judge.Slots;
import io.skep.cluster.judge.Slots.Running;
import io.skep.cluster.lab.Host;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The containers that run on hosts, whatever the swarm believes. */
final class Containers {
    private static final String IDS = "ps -C conmon -o args= | sed -n 's/.* --cid \\([^ ]*\\) .*/\\1/p'";
    /** proc(5) has the start time as its 22nd field; no name of these processes has a space. */
    private static final String PROCESSES = """
            ps -C conmon -o pid=,args= | sed -n 's/^ *\\([0-9]*\\) .* --cid \\([^ ]*\\) .*/\\1 \\2/p' | while read monitor id; do
                for pid in $(ps -o pid= --ppid $monitor); do
                    echo $id $pid $(cut -d ' ' -f 22 /proc/$pid/stat)
                done
            done
            """;

    private static final int NO_SLOT = 0;
    /** Linux tells times of processes in hundredths of a second, whatever it counts in itself. */
    private static final long TICK_MILLIS = 10;

    private Containers() {}

    /** Those on a host; each has the id of its task. */
    static List<String> on(Host host) {
        return host.run("bash", "-c", IDS).text().lines().toList();
    }

    /** Which processes the containers of hosts are: host, id, pid and start time of each. */
    static Set<String> processes(Collection<Host> hosts) {
        Set<String> processes = new TreeSet<>();
        for (Host host : hosts) {
            host.run("bash", "-c", PROCESSES).text().lines().forEach(line -> processes.add(host.name() + " " + line));
        }
        return processes;
    }

    /** When the last container of some hosts was started, in milliseconds since the boot of the one kernel they all share. */
    static long lastStartMillis(Collection<Host> hosts) {
        return processes(hosts).stream()
                .mapToLong(Containers::startMillis)
                .max()
                .orElseThrow();
    }

    /** When some containers of a host were started, by the same clock, the first one first. */
    static List<Long> startsMillis(Host host, Collection<String> ids) {
        return processes(List.of(host)).stream()
                .filter(process -> ids.contains(process.split(" ", -1)[1]))
                .map(Containers::startMillis)
                .sorted()
                .toList();
    }

    private static long startMillis(String process) {
        return Long.parseLong(process.substring(process.lastIndexOf(' ') + 1)) * TICK_MILLIS;
    }

    /** The same clock now. */
    static long uptimeMillis() throws IOException {
        String seconds = Files.readString(Path.of("/proc/uptime")).split(" ", -1)[0];
        return new BigDecimal(seconds).movePointRight(3).longValueExact();
    }

    /** What a shell prints that runs in the root directory of a container, with the host's programs. */
    static String inside(Host host, String id, String script) {
        return host.run("bash", "-c", process(id) + " && cd /proc/${pid// /}/root && " + script)
                .text();
    }

    /** What a shell of busybox prints that runs in a container, with its files and network. */
    static String within(Host host, String id, String script) {
        String enter = process(id) + " && nsenter --target ${pid// /} --mount --net -- /bin/busybox sh -c \"$0\"";
        return host.run("bash", "-c", enter, script).text();
    }

    /** Sends a signal to the first process of a container. */
    static void signal(Host host, String id, String signal) {
        host.run("bash", "-c", process(id) + " && kill -s " + signal + " $pid").text();
    }

    private static String process(String id) {
        String monitor = "ps -C conmon -o pid=,args= | sed -n 's/^ *\\([0-9]*\\) .* --cid " + id + " .*/\\1/p'";
        return "pid=$(ps -o pid= --ppid $(" + monitor + "))";
    }

    /** Those that a service has or had. */
    static List<String> ids(Host manager, String service) {
        return Json.list(manager, "swarm:service-ps", "--json", service).stream()
                .map(task -> task.get("ID").asText())
                .toList();
    }

    /** The container of a service's task on a host. */
    static String of(Host manager, Host host, String service) {
        List<String> here = on(host);
        return ids(manager, service).stream()
                .filter(here::contains)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(host.name() + " runs no task of " + service));
    }

    /** Whether each slot of a service runs once on hosts that are on; what is wrong, else empty. */
    static List<String> violations(Host manager, Collection<Host> hosts, String service, int replicas) {
        Map<String, Integer> slots = new HashMap<>();
        for (JsonNode task : Json.list(manager, "swarm:service-ps", "--json", service)) {
            slots.put(task.get("ID").asText(), task.get("Slot").asInt());
        }
        List<Running> running = new ArrayList<>();
        for (Host host : hosts) {
            for (String id : on(host)) {
                running.add(new Running(service, slots.getOrDefault(id, NO_SLOT), host.name() + " " + id));
            }
        }
        return Slots.violations(Map.of(service, replicas), running);
    }
}
