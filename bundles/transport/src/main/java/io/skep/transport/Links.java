package io.skep.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.skep.api.identity.LocalNode;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All connections of this node with others. Event loop only. */
final class Links implements Link.Road, Connection.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    private final LocalNode self;
    private final Subjects subjects;
    private final Addresses addresses;
    private final Loop loop;
    private final Pace pace;
    private final Clock clock;
    private final Dialer dialer;
    private final Guests guests = new Guests();
    private final Map<String, Link> links = new HashMap<>();
    private final Set<Connection> connections = new LinkedHashSet<>();
    private Proof proof;

    Links(LocalNode self, Subjects subjects, Addresses addresses, Loop loop, Pace pace, Clock clock) {
        this.self = self;
        this.subjects = subjects;
        this.addresses = addresses;
        this.loop = loop;
        this.pace = pace;
        this.clock = clock;
        this.dialer = new Dialer(loop, pace);
        this.proof = new Proof(self.credentials());
    }

    void send(String nodeId, Call call) {
        refreshProof();
        link(nodeId).send(call);
    }

    private Link link(String nodeId) {
        return links.computeIfAbsent(nodeId, id -> new Link(id, this, pace));
    }

    void addressChanged(String nodeId) {
        Link link = links.get(nodeId);
        if (link != null) {
            link.addressChanged();
        }
    }

    /** Looks after every connection; called with every tick of {@link Pace}. */
    void tick() {
        refreshProof();
        List.copyOf(connections).forEach(connection -> {
            connection.tick();
            replaceIfStale(connection);
        });
    }

    private void replaceIfStale(Connection connection) {
        if (connection.usable() && connection.lifetime().stale(proof)) {
            replace(connection);
        }
    }

    /** Takes new credentials over. Connections whose certificates do not hold any more are replaced, others stay. */
    void refreshProof() {
        if (proof.isOf(self.credentials())) {
            return;
        }
        Proof before = proof;
        proof = new Proof(self.credentials());
        List.copyOf(connections).forEach(this::replaceIfStale);
        if (!before.roots().equals(proof.roots())) {
            List.copyOf(connections).forEach(connection -> loop.offload(() -> checkAgain(connection, proof.roots())));
        }
    }

    /** Beside the loop: signatures take time. */
    private void checkAgain(Connection connection, List<X509Certificate> roots) {
        Party party = connection.party();
        boolean otherHolds = party.other()
                .map(other -> Trusted.leadsTo(other.presented(), roots, clock.instant()))
                .orElse(true);
        Proof own = party.own();
        boolean ownHolds = own == null || Trusted.leadsTo(own.certified().presented(), roots, clock.instant());
        if (!otherHolds || !ownHolds) {
            loop.run(() -> {
                if (!otherHolds) {
                    connection.lifetime().distrust();
                }
                replace(connection);
            });
        }
    }

    @Override
    public Optional<String> address(String nodeId, int failures) {
        return addresses.of(nodeId, failures);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        var unused = loop.events().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void admit(Connection connection) {
        subjects.admit(connection.party().peer());
    }

    @Override
    public void dial(String nodeId, String address) {
        Link link = link(nodeId);
        dialer.dial(address, proof, checkOf(nodeId, Trusted.Use.SERVER), new Greeting.Outcome() {
            @Override
            public ChannelHandler met(Channel channel, Party party) {
                return connected(channel, party, link);
            }

            @Override
            public void failed(Throwable cause) {
                link.failed(new SkepException(
                        ErrorCode.PART_MISSING,
                        "node " + nodeId + " cannot be reached at " + address + ": " + Causes.of(cause),
                        cause));
            }
        });
    }

    private PeerCheck checkOf(String nodeId, Trusted.Use use) {
        List<X509Certificate> roots = proof.roots();
        return new PeerCheck(presented -> {
            Certified other = member(presented, roots, use);
            if (!nodeId.isEmpty() && !other.nodeId().equals(nodeId)) {
                throw new SkepException(ErrorCode.FORBIDDEN, "the certificate shown is that of node " + other.nodeId());
            }
            return other;
        });
    }

    private Certified member(List<X509Certificate> presented, List<X509Certificate> roots, Trusted.Use use) {
        Certified claimed = Certified.read(presented);
        if (!claimed.swarmId().equals(self.swarmId())) {
            throw new SkepException(
                    ErrorCode.FORBIDDEN,
                    "the certificate shown is of swarm " + claimed.swarmId() + ", not of " + self.swarmId());
        }
        if (claimed.nodeId().equals(self.nodeId())) {
            throw new SkepException(
                    ErrorCode.FORBIDDEN,
                    "the certificate shown is that of node " + self.nodeId() + " itself; was its disk copied?");
        }
        return Trusted.check(presented, roots, use, clock.instant());
    }

    /** Somebody has connected to this node's port. */
    void accept(Channel channel) {
        String host = ((InetSocketAddress) channel.remoteAddress()).getAddress().getHostAddress();
        if (!guests.enter(host)) {
            LOG.debug("too many connections without a certificate; one of {} is not taken", host);
            var unused = channel.close();
            return;
        }
        Guest guest = new Guest(host);
        var unused = channel.closeFuture().addListener(closed -> guest.over());
        PeerCheck check = checkOf("", Trusted.Use.CLIENT);
        new Greeting(proof, check, guest).lay(channel, Engines.server(proof, check), loop, pace);
    }

    /** A connection that this node did not open, until it has shown a certificate. */
    private final class Guest implements Greeting.Outcome {
        private final String host;
        private boolean counted = true;

        private Guest(String host) {
            this.host = host;
        }

        private void over() {
            if (counted) {
                counted = false;
                guests.leave(host);
            }
        }

        @Override
        public ChannelHandler met(Channel channel, Party party) {
            if (party.other().isPresent()) {
                over();
                return connected(channel, party, link(party.peer().nodeId()));
            }
            return keep(new Connection(channel, party, subjects, pace, clock, Links.this));
        }

        @Override
        public void failed(Throwable cause) {
            LOG.debug("no handshake with {}", host, cause);
        }
    }

    private Connection connected(Channel channel, Party party, Link link) {
        Connection connection = keep(new Connection(channel, party, subjects, pace, clock, this));
        link.add(connection);
        return connection;
    }

    private Connection keep(Connection connection) {
        connections.add(connection);
        return connection;
    }

    private Optional<Link> linkOf(Connection connection) {
        return connection.party().other().map(other -> link(other.nodeId()));
    }

    @Override
    public void replace(Connection connection) {
        if (!connections.contains(connection)) {
            return;
        }
        linkOf(connection).ifPresentOrElse(link -> link.replace(connection), connection::leave);
    }

    @Override
    public void left(Connection connection) {
        linkOf(connection).ifPresent(link -> link.left(connection));
    }

    @Override
    public void gone(Connection connection, SkepException why) {
        connections.remove(connection);
        linkOf(connection).ifPresent(link -> link.gone(connection, why));
    }

    /** Ends every connection and fails what waits. */
    void stop(SkepException why) {
        List.copyOf(connections).forEach(connection -> connection.end(why));
        links.values().forEach(link -> link.stop(why));
    }
}
