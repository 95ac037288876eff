package io.skep.api.identity;

import io.skep.model.NodeRole;
import io.skep.model.Sensitive;
import java.time.Instant;
import java.util.Optional;

/** What nodes and managers say to each other about certificates; every manager answers. */
public final class Enrolment {
    /** Anyone may ask: {@link Join}, answered by {@link Issued}. */
    public static final String JOIN = "ca.join";

    /** Members may ask: {@link Renew}, answered by {@link Issued}. */
    public static final String RENEW = "ca.renew";

    private Enrolment() {}

    /**
     * A host wants to become a node. Repeating it with the same key gives the same node.
     *
     * @param secret the token's, which also says the role
     * @param request PKCS #10 in PEM
     * @param address {@code host:port} where its transport will listen; a host of {@code 0.0.0.0} is replaced by the address that the manager sees
     * @param memberSuffix {@code [0-9a-z]{8}}: what makes the member id of a manager from its node id
     * @param clock the host's time; refused when it is more than an hour off
     */
    public record Join(Sensitive secret, String request, String address, String memberSuffix, Instant clock) {}

    /**
     * A node wants a new certificate, for its present role as the managers know it.
     *
     * @param request PKCS #10 in PEM
     * @param memberSuffix as in {@link Join}; heeded only when the node becomes a manager. A manager sends that of its member, a worker
     *     one that stays the same until it is promoted and was never used before
     * @param role what its present certificate says. A manager that was demoted becomes a worker before it is a manager again, under another
     *     suffix
     */
    public record Renew(String request, String memberSuffix, NodeRole role) {}

    /**
     * What was granted.
     *
     * @param nodeId whom the certificate names
     * @param swarmId the swarm
     * @param role the role that it grants
     * @param certificate PEM of the node's certificate, and of what leads from it to a root: while a root is rotated, of the present
     *     root signed by the former one
     * @param address the node's own {@code host:port} as the managers know it
     * @param facts what the node must know; heeded by a host that joins, while a node believes only what the leader tells it
     * @param logKey base 64 of {@link LocalManager#logKey}, for managers only
     */
    public record Issued(
            String nodeId,
            String swarmId,
            NodeRole role,
            String certificate,
            String address,
            SwarmFacts facts,
            Optional<Sensitive> logKey) {}
}
