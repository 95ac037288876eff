package io.skep.benchmarks;

import io.skep.model.ContainerSpec;
import io.skep.model.Node;
import io.skep.model.NodeDescription;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.Platform;
import io.skep.model.Resources;
import io.skep.model.Service;
import io.skep.model.ServiceMode;
import io.skep.model.ServiceSpec;
import io.skep.model.Swarm;
import io.skep.model.Task;
import io.skep.model.TaskSpec;
import io.skep.model.TaskState;
import io.skep.model.table.Change;
import io.skep.model.table.Row;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Makes clusters of a given size for measurements; ids are random as in a real swarm, and the same in every run. */
public final class Clusters {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ID_CHARACTERS = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int ID_LENGTH = 25;

    private final Random random = new Random(1);
    private final List<Change> changes = new ArrayList<>();

    private Clusters() {
        put(Table.SWARM, Swarm.founded("swarm", START));
    }

    /** Ready nodes, and pending tasks that are all of one service or each of its own. */
    public static Snapshot of(int nodes, int tasks, boolean oneService) {
        Clusters cluster = new Clusters();
        for (int i = 0; i < nodes; i++) {
            cluster.addNode();
        }
        int services = oneService ? 1 : tasks;
        for (int i = 0; i < services; i++) {
            cluster.addService("service-" + i, tasks / services);
        }
        return Snapshot.empty().apply(cluster.changes);
    }

    private void addNode() {
        NodeDescription description = new NodeDescription(
                "host",
                new Platform("amd64", "linux"),
                new Resources(64_000_000_000L, 256L << 30, 0),
                "0.1.0",
                Map.of(),
                List.of("oci"),
                List.of("linux"));
        put(
                Table.NODES,
                new Node(
                        id(),
                        START,
                        START,
                        new NodeSpec("", Map.of(), NodeRole.WORKER, NodeSpec.Availability.ACTIVE),
                        Optional.of(description),
                        new NodeStatus(NodeStatus.State.READY, "", "127.0.0.1"),
                        Optional.empty()));
    }

    private void addService(String name, int tasks) {
        TaskSpec spec = TaskSpec.of(ContainerSpec.of("example/web:1"));
        Service service = new Service(
                id(),
                START,
                START,
                ServiceSpec.of(name, spec, ServiceMode.replicated(tasks)),
                1,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                0,
                false);
        put(Table.SERVICES, service);
        for (int slot = 1; slot <= tasks; slot++) {
            put(Table.TASKS, task(service, slot));
        }
    }

    private Task task(Service service, int slot) {
        return new Task(
                id(),
                START,
                service.id(),
                service.spec().name(),
                1,
                service.spec().taskTemplate(),
                slot,
                "",
                false,
                TaskState.RUNNING,
                Optional.empty(),
                List.of(),
                "",
                0,
                false);
    }

    private <R extends Row> void put(Table<R> table, R row) {
        changes.add(new Change.Put<>(table, row, Change.ANY));
    }

    private String id() {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_CHARACTERS.charAt(random.nextInt(ID_CHARACTERS.length())));
        }
        return id.toString();
    }
}
