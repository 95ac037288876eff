package io.skep.contracts.scheduling;

import io.skep.api.scheduling.Candidate;
import io.skep.model.Node;
import io.skep.model.NodeDescription;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.Platform;
import io.skep.model.Resources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node as a test wants it to look: start from {@link #ready} or {@link #silent} and change what matters.
 *
 * @param node the node's row
 * @param activeTasks of all services
 * @param activeTasksOfService of the service at hand
 * @param available what reservations leave
 * @param recentFailures of the service at hand
 */
public record SampleCandidate(
        Node node, int activeTasks, int activeTasksOfService, Resources available, int recentFailures)
        implements Candidate {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Resources SIZE = new Resources(4_000_000_000L, 8L << 30, 0);

    /** An idle Linux node that answers, with four processors and 8 GiB. */
    public static SampleCandidate ready(String id) {
        NodeDescription description = new NodeDescription(
                id + ".example",
                new Platform("amd64", "linux"),
                SIZE,
                "0.1.0",
                Map.of(),
                List.of("oci"),
                List.of("linux"));
        return new SampleCandidate(node(id, Map.of(), Optional.of(description)), 0, 0, SIZE, 0);
    }

    /** A node that has not yet said what it is and has. */
    public static SampleCandidate silent(String id) {
        return new SampleCandidate(node(id, Map.of(), Optional.empty()), 0, 0, Resources.NONE, 0);
    }

    /** The same with these labels. */
    public SampleCandidate labelled(Map<String, String> labels) {
        return new SampleCandidate(
                node(node.id(), labels, node.description()),
                activeTasks,
                activeTasksOfService,
                available,
                recentFailures);
    }

    /** The same with so many tasks, some of them of the service at hand. */
    public SampleCandidate loaded(int tasks, int ofService) {
        return new SampleCandidate(node, tasks, ofService, available, recentFailures);
    }

    /** The same with so much left. */
    public SampleCandidate left(Resources resources) {
        return new SampleCandidate(node, activeTasks, activeTasksOfService, resources, recentFailures);
    }

    /** The same where the service at hand failed so often. */
    public SampleCandidate failing(int failures) {
        return new SampleCandidate(node, activeTasks, activeTasksOfService, available, failures);
    }

    @Override
    public Resources capacity() {
        return node.description().map(NodeDescription::resources).orElse(Resources.NONE);
    }

    private static Node node(String id, Map<String, String> labels, Optional<NodeDescription> description) {
        return new Node(
                id,
                START,
                START,
                new NodeSpec("", labels, NodeRole.WORKER, NodeSpec.Availability.ACTIVE),
                description,
                new NodeStatus(NodeStatus.State.READY, "", "127.0.0.1"),
                Optional.empty());
    }
}
