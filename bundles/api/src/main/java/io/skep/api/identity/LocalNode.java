package io.skep.api.identity;

import io.skep.model.NodeRole;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * This node as a member of a swarm. The service is registered exactly while the node belongs to one and its keys are unlocked: every
 * component that lives only in a swarm (transport, gossip, agent) refers to it and so comes and goes with it. What is only for
 * managers is in {@link LocalManager}. All methods are non-blocking but {@link #learn}, and thread-safe.
 *
 * <p>The service has the property {@code role}: {@code manager} or {@code worker}, as {@link #role} says.
 */
@ProviderType
public interface LocalNode {
    /** The node's id, {@code [0-9a-z]{25}}; the same for the whole life of the service. */
    String nodeId();

    /** The swarm's id, {@code [0-9a-z]{25}}; the same for the whole life of the service. */
    String swarmId();

    /** The role that the node's certificate grants now. */
    NodeRole role();

    /** The address under which other nodes reach this one, without port; the same for the whole life of the service. */
    String advertiseAddress();

    /** Where other nodes reach this one's transport, {@code host:port}; the same for the whole life of the service. */
    String transportAddress();

    /** Where the transport listens; the same for the whole life of the service. */
    InetSocketAddress listenAddress();

    /** Where the node keeps what it knows of this swarm; exists, mode 0700. */
    Path directory();

    /** The present key and certificates. */
    Credentials credentials();

    /** What the node was told last; survives a restart. */
    SwarmFacts facts();

    /**
     * Keeps what the leader tells; durable when it returns, and no change when it is known. Blocking: not on the loop. When the role
     * or the last root are not the certificate's, that is renewed at once.
     *
     * @throws io.skep.model.SkepException {@code INVALID_ARGUMENT} when a root is no certificate; {@code PART_MISSING} once the service
     *     has gone
     */
    void learn(SwarmFacts facts);

    /** What keeps the certificate from being renewed, in words for people; empty when nothing does. Not kept over a restart. */
    default Optional<String> trouble() {
        return Optional.empty();
    }

    /**
     * Reports every later change of credentials or facts, on any thread: the listener hands over and returns. It is forgotten when it
     * throws {@code PART_MISSING}, as a closed scope does.
     */
    Subscription onChange(Runnable listener);
}
