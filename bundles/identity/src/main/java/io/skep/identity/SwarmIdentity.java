package io.skep.identity;

import io.skep.api.identity.Addresses;
import io.skep.api.identity.CertificateAuthority;
import io.skep.api.identity.Identity;
import io.skep.api.identity.LocalNode;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Entropy;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.transport.Introduction;
import io.skep.identity.Standing.Broken;
import io.skep.identity.Standing.Inside;
import io.skep.identity.Standing.Locked;
import io.skep.identity.Standing.Outside;
import io.skep.identity.ca.Belief;
import io.skep.identity.host.HostPort;
import io.skep.identity.host.HostView;
import io.skep.identity.host.Place;
import io.skep.model.ErrorCode;
import io.skep.model.JoinToken;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import io.skep.model.UnlockKey;
import io.skep.model.codec.Codec;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings this node into a swarm and out of it, and announces it while its directory says that it belongs to one. */
@Component(service = Identity.class, immediate = true, configurationPid = "io.skep.identity")
@Designate(ocd = SwarmIdentity.Config.class)
public final class SwarmIdentity implements Identity {
    private static final Logger LOG = LoggerFactory.getLogger(SwarmIdentity.class);

    private final Announcements announcements;
    private final Placing placing;
    private final Entropy entropy;
    private final SecureRandom random = new SecureRandom();
    private final CertificateAuthority authority;
    private final Scope scope;
    private final StateDirectory directory;
    private final SecretsFile secrets;
    private final Turn turn = new Turn();
    private volatile Standing standing = new Outside();
    private volatile @Nullable Introduction introduction;

    @Activate
    public SwarmIdentity(
            BundleContext context,
            @Reference EventLoop loop,
            @Reference Effects effects,
            @Reference Entropy entropy,
            @Reference CertificateAuthority authority,
            Config config) {
        this(
                new FrameworkAnnouncements(context),
                new Placing(HostView::towards, config.port()),
                new StateDirectory(Path.of(config.directory())),
                loop,
                effects,
                entropy,
                authority);
    }

    SwarmIdentity(
            Announcements announcements,
            Placing placing,
            StateDirectory directory,
            EventLoop loop,
            Effects effects,
            Entropy entropy,
            CertificateAuthority authority) {
        this.announcements = announcements;
        this.placing = placing;
        this.directory = directory;
        this.entropy = entropy;
        this.authority = authority;
        scope = loop.open("identity");
        secrets = new SecretsFile(directory, random);
        turn.take(this::start);
        if (standing instanceof Outside) {
            effects.run(scope, this::rehearse);
        }
    }

    @Deactivate
    void stop() {
        turn.take(() -> {
            if (standing instanceof Inside inside) {
                inside.presence().withdraw();
            }
            return true;
        });
        scope.close();
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setIntroduction(Introduction bound) {
        introduction = bound;
    }

    void unsetIntroduction(Introduction unbound) {
        if (introduction == unbound) {
            introduction = null;
        }
    }

    @Override
    public Optional<LocalNode> current() {
        return standing.node();
    }

    @Override
    public LocalNode init(Addresses addresses) {
        return turn.take(() -> {
            standing.checkFree();
            Place place = placing.alone(addresses);
            return enter(new Beginning(authority, entropy, random).make(place, scope.now()));
        });
    }

    @Override
    public LocalNode join(JoinToken token, List<String> managers, Addresses addresses) {
        return turn.take(() -> {
            standing.checkFree();
            List<HostPort> asked = managers.stream()
                    .map(text -> HostPort.parse(text, Placing.USUAL_PORT))
                    .toList();
            if (asked.isEmpty()) {
                throw new SkepException(ErrorCode.INVALID_ARGUMENT, "name a manager of the swarm, such as 192.0.2.10");
            }
            Place place = placing.facing(asked, addresses);
            return enter(new Joining(directory, entropy, random, scope::now).join(introduction(), token, asked, place));
        });
    }

    @Override
    public void leave() {
        turn.take(() -> {
            Standing before = standing;
            standing = new Outside();
            if (before instanceof Inside inside) {
                inside.presence().withdraw();
            }
            directory.delete();
            return true;
        });
    }

    @Override
    public boolean locked() {
        return standing instanceof Locked;
    }

    @Override
    public void unlock(String unlockKey) {
        UnlockKey key = UnlockKey.parse(unlockKey);
        turn.take(() -> {
            if (standing instanceof Locked locked) {
                resume(locked.file(), secrets.read(key), Optional.of(key));
            }
            return present();
        });
    }

    @Override
    public void lockWith(Optional<String> unlockKey) {
        Optional<UnlockKey> key = unlockKey.map(UnlockKey::parse);
        present().node().lockWith(key);
    }

    /** Takes up what the directory says. A fault in it does not stop the component: the node could not leave without. */
    private boolean start() {
        try {
            Optional<NodeFile> file = directory.node();
            if (file.isEmpty()) {
                directory.sweep(Optional.empty());
            } else if (secrets.locked()) {
                LOG.warn("the keys of this node are locked: it takes part in its swarm after swarm:unlock");
                standing = new Locked(file.get());
            } else {
                resume(file.get(), secrets.read(), Optional.empty());
            }
        } catch (SkepException e) {
            LOG.error("this node cannot take part in its swarm: {}", e.getMessage());
            standing = new Broken(e);
        }
        return true;
    }

    /** Makes a swarm for nobody: the first time takes ten times as long, and an operator waits for the second. */
    private int rehearse() {
        Place nowhere = new Place(Addresses.CHOSEN, "", 0, "", 0);
        Beginning.Made made = new Beginning(authority, entropy, random).make(nowhere, scope.now());
        SwarmNode node = node(made.file(), made.secrets(), Optional.empty());
        Belief.check(node.credentials().chain(), node.credentials().roots(), scope.now());
        return Codec.toJson(made.file()).length()
                + Codec.fromBytes(Codec.toBytes(made.secrets()), Secrets.class).hashCode();
    }

    private LocalNode enter(Beginning.Made made) {
        SwarmNode node = node(made.file(), made.secrets(), Optional.empty());
        secrets.enter(made.file(), made.secrets(), member(node));
        return announce(node);
    }

    /** The suffix of the node's member, if it is a manager. */
    private static Optional<String> member(SwarmNode node) {
        return node.role() == NodeRole.MANAGER ? Optional.of(node.memberSuffix()) : Optional.empty();
    }

    private void resume(NodeFile file, Secrets known, Optional<UnlockKey> lock) {
        Place place = placing.again(file, known);
        NodeFile placed = new NodeFile(file.nodeId(), file.swarmId(), place);
        SwarmNode node = node(placed, known, lock);
        Optional<String> member = member(node);
        member.ifPresent(directory::checkMember); // before anything is written
        if (!placed.equals(file)) {
            LOG.warn(
                    "this node is found at {} now, no more at {}",
                    place.advertised(),
                    file.place().advertised());
            directory.write(placed);
        }
        directory.sweep(member);
        announce(node);
    }

    private SwarmNode node(NodeFile file, Secrets known, Optional<UnlockKey> lock) {
        return new SwarmNode(file, known, lock, directory, secrets);
    }

    private LocalNode announce(SwarmNode node) {
        Presence presence = new Presence(node, directory, announcements, entropy, scope::now, turn);
        standing = new Inside(presence); // first: who is told of the node may ask for it here
        presence.enter();
        return node;
    }

    private Presence present() {
        if (locked()) {
            throw new SkepException(
                    ErrorCode.WRONG_STATE, "the keys of this node are locked; unlock them first with swarm:unlock");
        }
        return standing.present()
                .orElseThrow(() -> new SkepException(ErrorCode.WRONG_STATE, "this node is not part of a swarm"));
    }

    private Introduction introduction() {
        Introduction present = introduction;
        if (present == null) {
            throw new SkepException(
                    ErrorCode.PART_MISSING,
                    "the transport is not running, which asks other nodes; start it with bundle:start io.skep.transport"
                            + " and repeat the command");
        }
        return present;
    }

    /** Where the node keeps what it knows of its swarm, and where it listens. */
    @ObjectClassDefinition(name = "Skep identity")
    @interface Config {
        @AttributeDefinition(description = "directory of the swarm's state; made when the node joins one")
        String directory() default "data/swarm";

        @AttributeDefinition(description = "TCP port on which the node listens when init or join say no other")
        int port() default 2377;
    }
}
