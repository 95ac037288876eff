package io.skep.identity;

import io.skep.api.identity.Addresses;
import io.skep.api.identity.Enrolment.Issued;
import io.skep.api.identity.LocalManager;
import io.skep.api.identity.LocalNode;
import io.skep.api.identity.SwarmFacts;
import io.skep.identity.ca.BouncyAuthority;
import io.skep.identity.ca.NodeKey;
import io.skep.model.NodeRole;
import io.skep.model.RootAuthority;
import io.skep.model.Sensitive;
import io.skep.model.UnlockKey;
import io.skep.model.codec.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A node that writes its secrets without end, in every way there is, and changes its role; a program for a test that kills it. */
final class Restless {
    static final String KEY = UnlockKey.of(new byte[UnlockKey.BYTES]).text();

    private Restless() {}

    /** The argument is the directory; a line of output for each round. */
    public static void main(String[] arguments) throws IOException {
        Host host = new Host(Path.of(arguments[0]));
        SwarmIdentity identity = host.withoutTransport();
        if (identity.locked()) {
            identity.unlock(KEY);
        }
        LocalNode node = identity.current().orElseGet(() -> identity.init(Addresses.CHOSEN));
        RootAuthority root = root(host, Path.of(arguments[0], "root"));
        for (int round = 0; ; round++) {
            NodeRole role = round % 2 == 0 ? NodeRole.MANAGER : NodeRole.WORKER;
            renew(host, node, root, role);
            boolean locked = role == NodeRole.MANAGER && round % 3 == 0;
            identity.lockWith(locked ? Optional.of(KEY) : Optional.empty());
            node.learn(told(node.facts(), round));
            System.out.println(round);
        }
    }

    /** Kept beside the node, which forgets it when it is demoted. */
    private static RootAuthority root(Host host, Path kept) throws IOException {
        if (!Files.exists(kept)) {
            LocalManager founder = host.registry.service(LocalManager.class).orElseThrow();
            Path draft = kept.resolveSibling("root.new");
            Files.write(
                    draft,
                    Codec.toBytes(founder.founding().orElseThrow().trust().root()));
            Files.move(draft, kept, StandardCopyOption.ATOMIC_MOVE);
        }
        return Codec.fromBytes(Files.readAllBytes(kept), RootAuthority.class);
    }

    private static void renew(Host host, LocalNode node, RootAuthority root, NodeRole role) {
        NodeKey key = NodeKey.make(new SecureRandom());
        String certificate = new BouncyAuthority()
                .issue(root, key.request(), node.nodeId(), role, node.swarmId(), host.loop.now(), Duration.ofDays(1));
        host.registry
                .service(Renewable.class)
                .orElseThrow()
                .renewed(
                        key,
                        new Issued(
                                node.nodeId(),
                                node.swarmId(),
                                role,
                                certificate,
                                "",
                                node.facts(),
                                role == NodeRole.MANAGER
                                        ? Optional.of(new Sensitive(Managers.base64('l')))
                                        : Optional.empty()));
    }

    private static SwarmFacts told(SwarmFacts before, int round) {
        return new SwarmFacts(
                before.managers(), before.gossipKeys(), before.roots(), before.role(), List.of("node-" + round));
    }
}
