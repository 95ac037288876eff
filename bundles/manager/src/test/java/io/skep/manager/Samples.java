package io.skep.manager;

import io.skep.model.GossipKey;
import io.skep.model.Network;
import io.skep.model.NetworkAttachment;
import io.skep.model.Node;
import io.skep.model.NodeDescription;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.Platform;
import io.skep.model.Resources;
import io.skep.model.Revocation;
import io.skep.model.RootAuthority;
import io.skep.model.Sensitive;
import io.skep.model.Service;
import io.skep.model.Swarm;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import io.skep.model.Trust;
import io.skep.model.table.Change;
import io.skep.model.table.Row;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows for tests. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final NodeDescription DESCRIPTION = new NodeDescription(
            "host", new Platform("amd64", "linux"), Resources.NONE, "1", Map.of(), List.of(), List.of());

    private Samples() {}

    static Swarm swarm() {
        return Swarm.founded("swarm", NOW);
    }

    static Trust trust() {
        return new Trust(
                "swarm",
                new RootAuthority("root 0\n", new Sensitive("key 0")),
                List.of(),
                "",
                new Sensitive("for-workers"),
                new Sensitive("for-managers"),
                List.of(new GossipKey(1, new Sensitive("gossip"))),
                NOW,
                Optional.empty(),
                List.of());
    }

    static Trust revoked(Trust trust, String nodeId) {
        return new Trust(
                trust.id(),
                trust.root(),
                trust.formerRoots(),
                trust.crossSigned(),
                trust.workerSecret(),
                trust.managerSecret(),
                trust.gossipKeys(),
                trust.gossipKeyAt(),
                trust.unlockKey(),
                List.of(new Revocation(nodeId, NOW.plusSeconds(86_400))));
    }

    static Service service(String id, String spec) {
        return new Service(
                id,
                NOW,
                NOW,
                SpecText.of(id + "-name " + spec).service(),
                1,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                0,
                false);
    }

    static Task task(String id, Service service, String nodeId) {
        return new Task(
                id,
                NOW,
                service.id(),
                service.spec().name(),
                1,
                service.spec().taskTemplate(),
                1,
                nodeId,
                !nodeId.isEmpty(),
                TaskState.RUNNING,
                Optional.empty(),
                List.of(),
                "",
                0,
                false);
    }

    static Task attached(Task task, String networkId, String address) {
        return task.withAttachments(List.of(new NetworkAttachment(networkId, address)), "");
    }

    static Network network(String id) {
        return new Network(id, NOW, SpecText.of(id + "-name").network(), "10.1.0.0/24", "10.1.0.1", 0, false);
    }

    static Node node(String id) {
        return new Node(
                id,
                NOW,
                NOW,
                new NodeSpec("", Map.of(), NodeRole.MANAGER, NodeSpec.Availability.ACTIVE),
                Optional.empty(),
                new NodeStatus(NodeStatus.State.UNKNOWN, "", "127.0.0.1"),
                Optional.empty());
    }

    /** A manager with a place in the consensus. */
    static Node manager(String id) {
        return node(id).withMember(Optional.of(id + ":00000001"), NOW);
    }

    static TaskStatus status(String taskId, TaskState state) {
        return new TaskStatus(taskId, state, NOW, "", "", Optional.empty());
    }

    static <R extends Row> Change put(Table<R> table, R row) {
        return new Change.Put<>(table, row, Change.ANY);
    }

    static Snapshot cluster(Change... changes) {
        return Snapshot.empty().apply(List.of(changes));
    }
}
