package io.skep.gossip.atomix;

import io.skep.api.gossip.Gossip;
import io.skep.contracts.gossip.ChangeSignal;
import io.skep.contracts.gossip.GossipSwarm;
import io.skep.model.GossipKey;
import io.skep.model.Sensitive;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Nodes on real sockets of the loopback address, with channels that can be cut. */
final class SocketSwarm implements GossipSwarm {
    static final byte[] KEY = new byte[32];

    private final Map<String, AtomixGossip> nodes = new ConcurrentHashMap<>();
    private final Map<Endpoint, String> names = new ConcurrentHashMap<>();
    private final Set<String> cut = ConcurrentHashMap.newKeySet();
    private final ChangeSignal signal = new ChangeSignal();
    private final AtomicLong run = new AtomicLong(System.currentTimeMillis());
    private final GossipSettings.Pace pace;

    SocketSwarm() {
        this(GossipSettings.Pace.NORMAL);
    }

    SocketSwarm(GossipSettings.Pace pace) {
        this.pace = pace;
    }

    /** The ring of one key. */
    static KeyRing ring(byte[] key) {
        return new KeyRing(List.of(key(1, key)));
    }

    static GossipKey key(int number, byte[] key) {
        return new GossipKey(number, new Sensitive(Base64.getEncoder().encodeToString(key)));
    }

    static GossipSettings settings(String nodeId, long run, GossipSettings.Pace pace) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return new GossipSettings(nodeId, ring(KEY), loopback, 0, loopback.getHostAddress(), run, pace);
    }

    @Override
    public Gossip start(String nodeId) {
        AtomixGossip node = new AtomixGossip(
                settings(nodeId, run.incrementAndGet(), pace), channel -> new CuttableChannel(nodeId, channel));
        nodes.put(nodeId, node);
        node.onChange(signal);
        return node;
    }

    @Override
    public void stop(String nodeId) {
        AtomixGossip node = nodes.remove(nodeId);
        if (node != null) {
            node.close();
        }
    }

    @Override
    public void cut(String nodeId) {
        cut.add(nodeId);
    }

    @Override
    public void heal() {
        cut.clear();
    }

    @Override
    public boolean until(BooleanSupplier condition, Duration within) {
        return signal.until(condition, within);
    }

    @Override
    public void lookAgain() {
        signal.lookAgain();
    }

    @Override
    public void close() {
        nodes.values().forEach(AtomixGossip::close);
    }

    /** Loses what a cut node sends or is sent. */
    private final class CuttableChannel implements Channel {
        private final String name;
        private final Channel channel;

        CuttableChannel(String name, Channel channel) {
            this.name = name;
            this.channel = channel;
            names.put(channel.endpoint(), name);
        }

        @Override
        public void open(Consumer<byte[]> receiver) {
            channel.open(receiver);
        }

        @Override
        public Endpoint endpoint() {
            return channel.endpoint();
        }

        @Override
        public void send(Endpoint to, byte[] message) {
            if (!cut.contains(name) && !cut.contains(names.getOrDefault(to, ""))) {
                channel.send(to, message);
            }
        }
    }
}
