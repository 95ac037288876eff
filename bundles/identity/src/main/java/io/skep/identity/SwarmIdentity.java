package io.skep.identity;

import io.skep.api.identity.Identity;
import io.skep.api.identity.LocalNode;
import io.skep.api.kernel.Entropy;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Registers the {@link LocalNode} while this node's state directory says that it belongs to a swarm. */
@Component(service = Identity.class, immediate = true, configurationPid = "io.skep.identity")
@Designate(ocd = SwarmIdentity.Config.class)
public final class SwarmIdentity implements Identity {
    private static final int KEY_BYTES = 32;
    private static final int SUFFIX = 8;

    private final BundleContext context;
    private final Entropy entropy;
    private final StateDirectory directory;
    private volatile Optional<Registered> registered = Optional.empty();

    @Activate
    public SwarmIdentity(BundleContext context, @Reference Entropy entropy, Config config) {
        this.context = context;
        this.entropy = entropy;
        this.directory = new StateDirectory(Path.of(config.directory()));
        directory.node().ifPresent(file -> register(file, directory.key()));
    }

    @Override
    public Optional<LocalNode> current() {
        return registered.map(Registered::node);
    }

    @Override
    public LocalNode init(Optional<String> advertiseAddress) {
        if (registered.isPresent()) {
            throw new SkepException(
                    ErrorCode.WRONG_STATE,
                    "this node is already part of swarm "
                            + registered.get().node().swarmId() + "; leave it first with swarm:leave");
        }
        String node = entropy.newId();
        // A new one for every data directory; messages for it go to the node before the colon.
        String member = node + ":" + entropy.newId().substring(0, SUFFIX);
        NodeFile file = new NodeFile(
                node,
                entropy.newId(),
                member,
                List.of(member),
                NodeRole.MANAGER,
                HostAddress.advertised(advertiseAddress));
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        directory.found(file, key);
        return register(file, key);
    }

    @Override
    public void leave() {
        Optional<Registered> gone = registered;
        registered = Optional.empty();
        // Declarative Services deactivates whatever refers to the node before this returns.
        gone.ifPresent(node -> node.registration().unregister());
        directory.delete();
    }

    private LocalNode register(NodeFile file, byte[] key) {
        LocalNode node = new SwarmNode(file, directory.path(), key);
        Map<String, Object> properties = Map.of("role", file.role().name().toLowerCase(Locale.ROOT));
        registered = Optional.of(new Registered(
                node, context.registerService(LocalNode.class, node, FrameworkUtil.asDictionary(properties))));
        return node;
    }

    /**
     * A node and its place in the service registry, which the framework clears when the bundle stops.
     *
     * @param node the service
     * @param registration its registration
     */
    private record Registered(LocalNode node, ServiceRegistration<LocalNode> registration) {}

    /** Where the node keeps what it knows of its swarm. */
    @ObjectClassDefinition(name = "Skep identity")
    @interface Config {
        @AttributeDefinition(description = "directory of the swarm's state; made when the node joins one")
        String directory() default "data/swarm";
    }
}
