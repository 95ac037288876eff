package io.skep.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.api.identity.Enrolment;
import io.skep.api.identity.Enrolment.Issued;
import io.skep.api.identity.Enrolment.Join;
import io.skep.api.kernel.Entropy;
import io.skep.api.transport.Introduction;
import io.skep.identity.ca.NodeKey;
import io.skep.identity.host.HostPort;
import io.skep.identity.host.Place;
import io.skep.model.JoinToken;
import io.skep.model.codec.Codec;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks managers to let this host in. Its key is on disk before anybody is asked: a host whose answer was lost asks again with the same key and is the
 * same node.
 */
final class Joining {
    /** For all managers together. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final StateDirectory directory;
    private final Entropy entropy;
    private final SecureRandom random;
    private final Supplier<Instant> now;

    Joining(StateDirectory directory, Entropy entropy, SecureRandom random, Supplier<Instant> now) {
        this.directory = directory;
        this.entropy = entropy;
        this.random = random;
        this.now = now;
    }

    /**
     * What a join began with.
     *
     * @param token a digest of the token: with another one, perhaps for another role, the node is another
     * @param key the node's
     * @param suffix of its member id
     */
    private record Begun(String token, NodeKey key, String suffix) {}

    /** The node that the first manager who answers makes of this host; throws as {@link io.skep.api.identity.Identity#join}. */
    Beginning.Made join(Introduction introduction, JoinToken token, List<HostPort> managers, Place place) {
        Begun begun = begun(token);
        Questions questions = new Questions(PATIENCE.dividedBy(managers.size()));
        Issued issued = questions.ask(
                managers,
                (manager, timeout) -> introduction.ask(
                        manager.text(), token.digest(), Enrolment.JOIN, question(begun, token, place), timeout));
        IssuedCheck.join(issued, begun.key(), token, now.get());
        Secrets secrets = new Secrets(
                begun.key().key(),
                issued.certificate(),
                issued.facts(),
                begun.suffix(),
                false,
                issued.logKey(),
                Optional.empty());
        return new Beginning.Made(new NodeFile(issued.nodeId(), issued.swarmId(), place), secrets);
    }

    private byte[] question(Begun begun, JoinToken token, Place place) {
        return Codec.toBytes(
                new Join(token.secret(), begun.key().request(), place.advertised(), begun.suffix(), now.get()));
    }

    private Begun begun(JoinToken token) {
        String digest = JoinToken.digestOf(token.text().getBytes(UTF_8));
        return directory
                .join()
                .map(bytes -> Codec.fromBytes(bytes, Begun.class))
                .filter(found -> found.token().equals(digest))
                .orElseGet(() -> begin(digest));
    }

    private Begun begin(String digest) {
        Begun begun = new Begun(digest, NodeKey.make(random), MemberSuffix.fresh(entropy));
        directory.writeJoin(Codec.toBytes(begun));
        return begun;
    }
}
