package io.skep.contracts.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.api.identity.Credentials;
import io.skep.api.identity.Founding;
import io.skep.api.identity.LocalManager;
import io.skep.api.identity.LocalNode;
import io.skep.api.identity.ManagerAddress;
import io.skep.api.identity.Subscription;
import io.skep.api.identity.SwarmFacts;
import io.skep.model.GossipKey;
import io.skep.model.NodeRole;
import io.skep.model.Sensitive;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A node of a swarm as tests wish it, without disk and without certificates of its own. Two nodes of one swarm have the same gossip
 * key and the same log key. Thread-safe; listeners are called on the thread that changes something, the oldest first.
 */
public final class SimulatedNode implements LocalNode, LocalManager {
    private static final int PORT = 2377;

    private final String nodeId;
    private final String swarmId;
    private final Path directory;
    private final InetSocketAddress address;
    private final List<String> foundingMembers;
    private final List<Listening> listeners = new CopyOnWriteArrayList<>();
    private volatile NodeRole role;
    private volatile SwarmFacts facts;
    private volatile Optional<Founding> founding = Optional.empty();
    private volatile @Nullable Credentials credentials;

    /** A node at 127.0.0.1:2377; a manager is the founder of its swarm and its only manager. */
    public SimulatedNode(String nodeId, String swarmId, NodeRole role, Path directory) {
        this(
                nodeId,
                swarmId,
                role,
                directory,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT),
                role == NodeRole.MANAGER ? List.of(memberOf(nodeId)) : List.of());
    }

    /**
     * A node in full.
     *
     * @param address where it listens and is reached
     * @param foundingMembers see {@link LocalManager#foundingMembers}, and {@link #memberOf}
     */
    public SimulatedNode(
            String nodeId,
            String swarmId,
            NodeRole role,
            Path directory,
            InetSocketAddress address,
            List<String> foundingMembers) {
        this.nodeId = nodeId;
        this.swarmId = swarmId;
        this.role = role;
        this.directory = directory;
        this.address = address;
        this.foundingMembers = List.copyOf(foundingMembers);
        facts = new SwarmFacts(
                List.of(new ManagerAddress(nodeId, transportAddress())),
                List.of(new GossipKey(1, new Sensitive(Base64.getEncoder().encodeToString(key("gossip"))))),
                List.of(),
                role,
                List.of());
    }

    /** The member id of a simulated node. */
    public static String memberOf(String nodeId) {
        return nodeId + ":00000001";
    }

    /** Gives the node something to write into its store first. */
    public void found(Founding beginning) {
        founding = Optional.of(beginning);
    }

    /** Gives the node other credentials, and the role that they grant, as a renewal does. */
    public void renew(Credentials renewed, NodeRole granted) {
        credentials = renewed;
        role = granted;
        tell();
    }

    @Override
    public String nodeId() {
        return nodeId;
    }

    @Override
    public String swarmId() {
        return swarmId;
    }

    @Override
    public NodeRole role() {
        return role;
    }

    @Override
    public String advertiseAddress() {
        return address.getAddress().getHostAddress();
    }

    @Override
    public String transportAddress() {
        return advertiseAddress() + ":" + address.getPort();
    }

    @Override
    public InetSocketAddress listenAddress() {
        return address;
    }

    @Override
    public Path directory() {
        return directory;
    }

    /** What {@link #renew} gave. */
    @Override
    public Credentials credentials() {
        Credentials present = credentials;
        if (present == null) {
            throw new IllegalStateException(
                    "a simulated node has no credentials until the test gives it some by renew");
        }
        return present;
    }

    @Override
    public SwarmFacts facts() {
        return facts;
    }

    @Override
    public void learn(SwarmFacts told) {
        if (!told.equals(facts)) {
            facts = told;
            tell();
        }
    }

    /** Is told of other managers, and of nothing else. */
    public void knows(ManagerAddress... managers) {
        SwarmFacts now = facts();
        learn(new SwarmFacts(List.of(managers), now.gossipKeys(), now.roots(), now.role(), now.revoked()));
    }

    @Override
    public Subscription onChange(Runnable listener) {
        Listening listening = new Listening(listener);
        listeners.add(listening);
        return listening;
    }

    @Override
    public String memberId() {
        return memberOf(nodeId);
    }

    @Override
    public List<String> foundingMembers() {
        return foundingMembers;
    }

    @Override
    public byte[] logKey() {
        return key("log");
    }

    @Override
    public Optional<Founding> founding() {
        return founding;
    }

    @Override
    public void founded() {
        founding = Optional.empty();
    }

    private byte[] key(String purpose) {
        try {
            return MessageDigest.getInstance("SHA-256").digest((purpose + " " + swarmId).getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private void tell() {
        listeners.forEach(listening -> listening.listener.run());
    }

    /** One listener; two of the same {@link Runnable} end apart. */
    private final class Listening implements Subscription {
        private final Runnable listener;

        Listening(Runnable listener) {
            this.listener = listener;
        }

        @Override
        public void close() {
            listeners.remove(this);
        }
    }
}
