package io.skep.model;

import io.skep.model.table.Row;
import java.time.Instant;
import java.util.Optional;

/**
 * A host of the swarm.
 *
 * @param id object id
 * @param createdAt when it joined
 * @param updatedAt of the last change
 * @param spec what is asked of it
 * @param description what it says of itself, once it was heard
 * @param status what the managers think
 * @param memberId its consensus member when it is a manager
 */
public record Node(
        String id,
        Instant createdAt,
        Instant updatedAt,
        NodeSpec spec,
        Optional<NodeDescription> description,
        NodeStatus status,
        Optional<String> memberId)
        implements Row {
    /** Its name for people: the spec's, else the host's, else the id. */
    public String displayName() {
        return !spec.name().isEmpty()
                ? spec.name()
                : description.map(NodeDescription::hostname).orElse(id);
    }

    /** The same with another spec. */
    public Node withSpec(NodeSpec other, Instant now) {
        return new Node(id, createdAt, now, other, description, status, memberId);
    }

    /** The same with its place in the managers' consensus, or without. */
    public Node withMember(Optional<String> member, Instant now) {
        return new Node(id, createdAt, now, spec, description, status, member);
    }

    /** The same with what it said of itself and what the managers think. */
    public Node withStatus(Optional<NodeDescription> heard, NodeStatus other, Instant now) {
        return new Node(id, createdAt, now, spec, heard.or(() -> description), other, memberId);
    }
}
