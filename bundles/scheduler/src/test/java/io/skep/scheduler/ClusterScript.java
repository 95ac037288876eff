package io.skep.scheduler;

import io.skep.api.scheduling.Placement;
import io.skep.model.Network;
import io.skep.model.NetworkSpec;
import io.skep.model.Node;
import io.skep.model.NodeDescription;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.Service;
import io.skep.model.ServiceMode;
import io.skep.model.ServiceSpec;
import io.skep.model.Swarm;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import io.skep.model.table.Change;
import io.skep.model.table.Row;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A cluster written down line by line; what each line means is said at the top of tables/placement.txt. */
final class ClusterScript {
    static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

    private static final List<String> NODE_WORDS =
            List.of("cpus", "memory", "state", "availability", "platform", "runtimes", "drivers", "silent");

    private final Map<String, Long> versions = new TreeMap<>();
    private Snapshot cluster = Snapshot.empty();
    private int tasks;

    Snapshot cluster() {
        return cluster;
    }

    private static Swarm strategy(String name) {
        Swarm founded = Swarm.founded("swarm", NOW);
        return founded.withSpec(founded.spec().withStrategy(name));
    }

    void run(String line) {
        List<String> words = List.of(line.trim().split(" +"));
        Options options = new Options(words.subList(Math.min(2, words.size()), words.size()));
        String name = words.size() > 1 ? words.get(1) : "";
        switch (words.get(0)) {
            case "strategy" -> put(Table.SWARM, strategy(name));
            case "node" -> put(Table.NODES, node(name, options));
            case "network" -> put(Table.NETWORKS, network(name, options));
            case "service" -> put(Table.SERVICES, service(name, options));
            case "running" -> existing(name, options, TaskState.RUNNING, TaskState.RUNNING);
            case "stopping" -> existing(name, options, TaskState.SHUTDOWN, TaskState.RUNNING);
            case "failed" -> existing(name, options, TaskState.SHUTDOWN, TaskState.FAILED);
            case "place" -> pending(name, options, "");
            case "global" -> pending(name, options, options.text("on", ""));
            default -> throw new IllegalArgumentException("no such line: " + line);
        }
    }

    /** Puts the answers into the cluster. */
    void apply(List<Placement> answers) {
        for (Placement answer : answers) {
            Task task = cluster.find(Table.TASKS, answer.taskId()).orElseThrow();
            put(Table.TASKS, answer.placed() ? task.withNode(answer.nodeId(), List.of()) : task);
        }
    }

    private static Node node(String name, Options options) {
        Map<String, String> labels = new TreeMap<>();
        Map<String, String> engineLabels = new TreeMap<>();
        options.keys().stream().filter(key -> !NODE_WORDS.contains(key)).forEach(key -> {
            boolean engine = key.startsWith("engine.");
            (engine ? engineLabels : labels).put(engine ? key.substring(7) : key, options.text(key, ""));
        });
        NodeDescription description = new NodeDescription(
                name,
                Options.platform(options.text("platform", "linux/amd64")),
                options.resources(),
                "0.1.0",
                engineLabels,
                options.list("runtimes", "oci"),
                options.list("drivers", "linux"));
        String availability = options.text("availability", "active").toUpperCase(Locale.ROOT);
        String state = options.text("state", "ready").toUpperCase(Locale.ROOT);
        return new Node(
                name,
                NOW,
                NOW,
                new NodeSpec("", labels, NodeRole.WORKER, NodeSpec.Availability.valueOf(availability)),
                options.has("silent") ? Optional.empty() : Optional.of(description),
                new NodeStatus(NodeStatus.State.valueOf(state), "", "127.0.0.1"),
                Optional.empty());
    }

    private static Network network(String name, Options options) {
        NetworkSpec spec = new NetworkSpec(name, Map.of(), options.text("driver", ""), "", "", false, false, false);
        return new Network(name, NOW, spec, "10.0.0.0/24", "10.0.0.1", 0, false);
    }

    private Service service(String name, Options options) {
        return new Service(
                name,
                NOW,
                NOW,
                ServiceSpec.of(name, options.taskSpec(), ServiceMode.replicated(1)),
                versions.merge(name, 1L, Long::sum),
                Optional.empty(),
                options.ports(),
                List.of(),
                Optional.empty(),
                0,
                false);
    }

    private void existing(String service, Options options, TaskState desired, TaskState observed) {
        Duration ago = Duration.ofMinutes(Long.parseLong(options.text("minutes", "1")));
        for (int i = 0; i < times(options); i++) {
            Task task = task(service, "", desired).withNode(options.text("on", ""), List.of());
            put(Table.TASKS, task);
            put(Table.STATUSES, new TaskStatus(task.id(), observed, NOW.minus(ago), "", "", Optional.empty()));
        }
    }

    private void pending(String service, Options options, String node) {
        for (int i = 0; i < times(options); i++) {
            put(Table.TASKS, task(service, node, TaskState.RUNNING));
        }
    }

    private static int times(Options options) {
        return options.keys().stream()
                .filter(key -> key.matches("\\d+"))
                .map(Integer::valueOf)
                .findFirst()
                .orElse(1);
    }

    private Task task(String service, String node, TaskState desired) {
        Service row = cluster.find(Table.SERVICES, service).orElseThrow();
        tasks++;
        return new Task(
                String.format(Locale.ROOT, "task-%06d", tasks),
                NOW,
                service,
                service,
                row.specVersion(),
                row.spec().taskTemplate(),
                tasks,
                node,
                false,
                desired,
                Optional.empty(),
                List.of(),
                "",
                0,
                false);
    }

    private <R extends Row> void put(Table<R> table, R row) {
        cluster = cluster.apply(List.of(new Change.Put<>(table, row, Change.ANY)));
    }

    /** Where tasks went and why others wait, a line for each service. */
    String describe(List<Placement> answers) {
        Map<String, Map<String, Integer>> lines = new TreeMap<>();
        for (Placement answer : answers) {
            String service =
                    cluster.find(Table.TASKS, answer.taskId()).orElseThrow().serviceName();
            lines.computeIfAbsent(service, name -> new TreeMap<>())
                    .merge(answer.placed() ? answer.nodeId() : answer.refusal(), 1, Integer::sum);
        }
        return lines.entrySet().stream()
                .map(line -> line.getKey() + ": "
                        + line.getValue().entrySet().stream()
                                .map(entry -> entry.getValue() + " x " + entry.getKey())
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("\n"));
    }
}
