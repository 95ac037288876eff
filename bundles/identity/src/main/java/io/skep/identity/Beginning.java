package io.skep.identity;

import io.skep.api.identity.CertificateAuthority;
import io.skep.api.identity.ManagerAddress;
import io.skep.api.identity.SwarmFacts;
import io.skep.api.kernel.Entropy;
import io.skep.identity.ca.NodeKey;
import io.skep.identity.host.Place;
import io.skep.model.GossipKey;
import io.skep.model.NodeRole;
import io.skep.model.RootAuthority;
import io.skep.model.Sensitive;
import io.skep.model.SwarmSpec;
import io.skep.model.Trust;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Makes a swarm of one node: its root, its first certificate, and everything that its nodes will share. */
final class Beginning {
    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int SECRET_DIGITS = 25;
    private static final int KEY_BYTES = 32;

    private final CertificateAuthority authority;
    private final Entropy entropy;
    private final SecureRandom random;

    Beginning(CertificateAuthority authority, Entropy entropy, SecureRandom random) {
        this.authority = authority;
        this.entropy = entropy;
        this.random = random;
    }

    /**
     * A node and its secrets.
     *
     * @param file who it is
     * @param secrets what it keeps
     */
    record Made(NodeFile file, Secrets secrets) {}

    Made make(Place place, Instant now) {
        NodeFile file = new NodeFile(entropy.newId(), entropy.newId(), place);
        Trust trust = trust(file.swarmId(), now);
        SwarmFacts facts = new SwarmFacts(
                List.of(new ManagerAddress(file.nodeId(), place.advertised())),
                trust.gossipKeys(),
                List.of(trust.root().certificate()),
                NodeRole.MANAGER,
                List.of());
        NodeKey key = NodeKey.make(random);
        Secrets secrets = new Secrets(
                key.key(),
                certificate(file, trust.root(), key, now),
                facts,
                MemberSuffix.fresh(entropy),
                true,
                Optional.of(key32()),
                Optional.of(trust));
        return new Made(file, secrets);
    }

    private Trust trust(String swarmId, Instant now) {
        return new Trust(
                swarmId,
                authority.found(swarmId, now),
                List.of(),
                "",
                tokenSecret(),
                tokenSecret(),
                List.of(new GossipKey(1, key32())),
                now,
                Optional.empty(),
                List.of());
    }

    private String certificate(NodeFile file, RootAuthority root, NodeKey key, Instant now) {
        return authority.issue(
                root,
                key.request(),
                file.nodeId(),
                NodeRole.MANAGER,
                file.swarmId(),
                now,
                SwarmSpec.STANDARD.certificateLifetime());
    }

    private Sensitive tokenSecret() {
        StringBuilder secret = new StringBuilder(SECRET_DIGITS);
        for (int i = 0; i < SECRET_DIGITS; i++) {
            secret.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return new Sensitive(secret.toString());
    }

    private Sensitive key32() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return new Sensitive(Base64.getEncoder().encodeToString(key));
    }
}
