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
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A node that writes its secrets without end, in every way there is; a program for a test that kills it. */
final class Restless {
    static final String KEY = UnlockKey.of(new byte[UnlockKey.BYTES]).text();

    private Restless() {}

    /** The argument is the directory; a line of output for each round. */
    public static void main(String[] arguments) {
        Host host = new Host(Path.of(arguments[0]));
        SwarmIdentity identity = host.withoutTransport();
        if (identity.locked()) {
            identity.unlock(KEY);
        }
        LocalNode node = identity.current().orElseGet(() -> identity.init(Addresses.CHOSEN));
        RootAuthority root = host.registry
                .service(LocalManager.class)
                .orElseThrow()
                .founding()
                .orElseThrow()
                .trust()
                .root();
        for (int round = 0; ; round++) {
            renew(host, node, root);
            identity.lockWith(round % 3 == 0 ? Optional.of(KEY) : Optional.empty());
            node.learn(told(node.facts(), round));
            System.out.println(round);
        }
    }

    private static void renew(Host host, LocalNode node, RootAuthority root) {
        NodeKey key = NodeKey.make(new SecureRandom());
        String certificate = new BouncyAuthority()
                .issue(
                        root,
                        key.request(),
                        node.nodeId(),
                        NodeRole.MANAGER,
                        node.swarmId(),
                        host.loop.now(),
                        Duration.ofDays(1));
        host.registry
                .service(Renewable.class)
                .orElseThrow()
                .renewed(
                        key,
                        new Issued(
                                node.nodeId(),
                                node.swarmId(),
                                NodeRole.MANAGER,
                                certificate,
                                "",
                                node.facts(),
                                Optional.of(new Sensitive(Managers.base64('l')))));
    }

    private static SwarmFacts told(SwarmFacts before, int round) {
        return new SwarmFacts(
                before.managers(), before.gossipKeys(), before.roots(), before.role(), List.of("node-" + round));
    }
}
