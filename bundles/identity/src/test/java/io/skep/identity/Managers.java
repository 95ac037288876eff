package io.skep.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.api.identity.Enrolment;
import io.skep.api.identity.Enrolment.Issued;
import io.skep.api.identity.Enrolment.Join;
import io.skep.api.identity.Enrolment.Renew;
import io.skep.api.identity.ManagerAddress;
import io.skep.api.identity.SwarmFacts;
import io.skep.api.transport.Introduction;
import io.skep.identity.ca.BouncyAuthority;
import io.skep.model.ErrorCode;
import io.skep.model.GossipKey;
import io.skep.model.JoinToken;
import io.skep.model.NodeRole;
import io.skep.model.RootAuthority;
import io.skep.model.Sensitive;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The managers of a swarm as a host sees them that joins or renews: real certificates, and failures where the test wants them. */
final class Managers implements Introduction {
    static final String SWARM = "swarm0000000000000000000s";
    static final String SECRET = "secret000000000000000000s";

    final BouncyAuthority authority = new BouncyAuthority();
    final Map<String, SkepException> failures = new TreeMap<>();
    final List<Join> joins = new ArrayList<>();
    final List<Renew> renewals = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    final Supplier<Instant> now;
    RootAuthority root;
    String crossSigned = "";
    List<String> roots;
    NodeRole granted = NodeRole.WORKER;
    /** What the swarm wants of the node, when that is another role than it can be granted yet. */
    Optional<NodeRole> wanted = Optional.empty();

    Duration lifetime = Duration.ofDays(90);
    boolean silent;

    Managers(Supplier<Instant> now) {
        this.now = now;
        root = authority.found(SWARM, now.get());
        roots = List.of(root.certificate());
    }

    JoinToken token() {
        return new JoinToken(authority.digest(root.certificate()), new Sensitive(SECRET));
    }

    SwarmFacts facts(NodeRole role) {
        return new SwarmFacts(
                List.of(new ManagerAddress("manager", "192.0.2.1:2377")),
                List.of(new GossipKey(1, new Sensitive(base64('g')))),
                roots,
                role,
                List.of());
    }

    static String base64(char filled) {
        return Base64.getEncoder()
                .encodeToString(String.valueOf(filled).repeat(32).getBytes(UTF_8));
    }

    /** Another root, which the former one signs. */
    void rotate() {
        RootAuthority next = authority.found(SWARM, now.get());
        crossSigned = authority.crossSign(root, next, now.get());
        roots = List.of(root.certificate(), next.certificate());
        root = next;
    }

    @Override
    public CompletionStage<byte[]> ask(
            String address, String rootDigest, String subject, byte[] body, Duration timeout) {
        asked.add(address);
        if (failures.containsKey(address)) {
            return CompletableFuture.failedFuture(failures.get(address));
        }
        if (!subject.equals(Enrolment.JOIN)) {
            return CompletableFuture.failedFuture(new SkepException(ErrorCode.NOT_FOUND, "serves no " + subject));
        }
        Join join = Codec.fromBytes(body, Join.class);
        joins.add(join);
        return silent
                ? CompletableFuture.failedFuture(new SkepException(ErrorCode.TIMED_OUT, "the answer was lost"))
                : CompletableFuture.completedFuture(
                        Codec.toBytes(issue(authority.keyName(join.request()), join.request())));
    }

    /** Answers a renewal. */
    byte[] renew(String nodeId, byte[] body) {
        Renew renew = Codec.fromBytes(body, Renew.class);
        renewals.add(renew);
        return Codec.toBytes(issue(nodeId, renew.request()));
    }

    Issued issue(String nodeId, String request) {
        String certificate = authority.issue(root, request, nodeId, granted, SWARM, now.get(), lifetime);
        return new Issued(
                nodeId,
                SWARM,
                granted,
                certificate + crossSigned,
                "192.0.2.10:2377",
                facts(wanted.orElse(granted)),
                granted == NodeRole.MANAGER ? Optional.of(new Sensitive(base64('l'))) : Optional.empty());
    }
}
