package io.skep.identity;

import io.skep.api.identity.Addresses;
import io.skep.api.identity.LocalNode;
import io.skep.api.kernel.Entropy;
import io.skep.api.transport.Introduction;
import io.skep.identity.host.HostPort;
import io.skep.identity.host.Place;
import io.skep.model.JoinToken;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A node that has joined a real swarm as its identity lets it, but whose certificate is not renewed. */
public final class JoinedNode {
    private JoinedNode() {}

    /**
     * Joins; blocks until a manager has answered.
     *
     * @param manager {@code host:port}
     * @param host own address, for other nodes
     * @param port own port
     */
    public static LocalNode join(
            Introduction introduction,
            Entropy entropy,
            String token,
            String manager,
            Path directory,
            String host,
            int port) {
        StateDirectory files = new StateDirectory(directory);
        SecureRandom random = new SecureRandom();
        Place place = new Place(Addresses.CHOSEN, host, port, host, port);
        Beginning.Made made = new Joining(files, entropy, random, Instant::now)
                .join(introduction, JoinToken.parse(token), List.of(HostPort.parse(manager, port)), place);
        SecretsFile secrets = new SecretsFile(files, random);
        secrets.enter(made.file(), made.secrets(), Optional.empty());
        return new SwarmNode(made.file(), made.secrets(), Optional.empty(), files, secrets);
    }
}
