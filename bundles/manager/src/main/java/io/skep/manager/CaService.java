package io.skep.manager;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.skep.api.identity.CertificateAuthority;
import io.skep.api.identity.Enrolment;
import io.skep.api.identity.LocalManager;
import io.skep.api.identity.LocalNode;
import io.skep.api.identity.SwarmFacts;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Entropy;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.store.Store;
import io.skep.api.transport.Access;
import io.skep.api.transport.Peer;
import io.skep.api.transport.Transport;
import io.skep.model.ErrorCode;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.Sensitive;
import io.skep.model.SkepException;
import io.skep.model.Trust;
import io.skep.model.codec.Codec;
import io.skep.model.table.Snapshot;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Lets hosts into the swarm and renews the certificates of its nodes, on every manager. A request to join comes from anybody who reaches the port: its size, its
 * pace and what is under way at once are bounded, and nothing is done for it before its secret is known to be right.
 */
@Component(
        service = {},
        immediate = true)
public final class CaService {
    private static final int MOST_BYTES = 16 * 1024;
    private static final int JOINS_AT_ONCE = 200;
    private static final int JOINS_PER_SECOND = 100;
    private static final int UNDER_WAY = 64;
    private final Store store;
    private final CertificateAuthority authority;
    private final LocalNode node;
    private final LocalManager manager;
    private final Effects effects;
    private final Scope scope;
    private final Requests requests;
    private final Barriers barriers;
    private final LoopAnswers answers;
    private final List<Transport.Registration> subjects;
    private final RateLimit strangers = new RateLimit(JOINS_AT_ONCE, JOINS_PER_SECOND);
    private int underWay;

    @Activate
    public CaService(
            @Reference Store store,
            @Reference Transport transport,
            @Reference CertificateAuthority authority,
            @Reference LocalNode node,
            @Reference LocalManager manager,
            @Reference EventLoop loop,
            @Reference Effects effects,
            @Reference Entropy entropy) {
        this.store = store;
        this.authority = authority;
        this.node = node;
        this.manager = manager;
        this.effects = effects;
        scope = loop.open("certificates");
        requests = new Requests(store, scope, entropy);
        barriers = new Barriers(store, scope);
        answers = new LoopAnswers(scope);
        subjects = List.of(
                transport.serve(Enrolment.JOIN, Access.ANYONE, (peer, body) -> {
                    Enrolment.Join join = read(body, Enrolment.Join.class);
                    return answers.answer(() -> join(peer, join)).thenApply(Codec::toBytes);
                }),
                transport.serve(Enrolment.RENEW, Access.MEMBERS, (peer, body) -> {
                    Enrolment.Renew renew = read(body, Enrolment.Renew.class);
                    return answers.answer(() -> bounded(() -> renew(peer, renew)))
                            .thenApply(Codec::toBytes);
                }));
    }

    @Deactivate
    void stop() {
        subjects.forEach(Transport.Registration::close);
        scope.close();
        answers.close(new SkepException(
                ErrorCode.PART_MISSING, "this manager issues no certificates at the moment; ask another or repeat"));
    }

    private static <Q> Q read(byte[] body, Class<Q> type) {
        if (body.length > MOST_BYTES) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the request has " + body.length + " bytes, more than the " + MOST_BYTES + " of any real one");
        }
        return Codec.fromBytes(body, type);
    }

    private CompletionStage<Enrolment.Issued> join(Peer peer, Enrolment.Join join) {
        if (!strangers.take(scope.now())) {
            return refused(ErrorCode.EXHAUSTED, "too many hosts want to join at once; try again in some seconds");
        }
        return barriers.pass().thenCompose(passed -> {
            NodeRole role = JoinRules.role(EnrolmentPlans.trust(store.snapshot()), join, scope.now());
            String address = JoinRules.address(join.address(), peer.host());
            String suffix = JoinRules.suffix(join.memberSuffix());
            return bounded(() -> effects.run(scope, () -> authority.keyName(join.request()))
                    .thenCompose(nodeId -> requests.run("", joining(nodeId, role, address, suffix)))
                    .thenCompose(joined -> issue(joined, join.request())));
        });
    }

    private static Request<Node> joining(String nodeId, NodeRole role, String address, String suffix) {
        return new Request<>(
                (cluster, ids) -> EnrolmentPlans.join(cluster, ids.now(), nodeId, role, address, suffix),
                (before, after, ids) -> EnrolmentPlans.present(after, nodeId));
    }

    private CompletionStage<Enrolment.Issued> renew(Peer peer, Enrolment.Renew renew) {
        String nodeId = peer.nodeId();
        String suffix = JoinRules.suffix(renew.memberSuffix());
        Request<Node> renewing = new Request<>(
                (cluster, ids) -> EnrolmentPlans.renew(cluster, ids.now(), nodeId, renew.role(), suffix),
                (before, after, ids) -> EnrolmentPlans.present(after, nodeId));
        return requests.run("", renewing).thenCompose(renewed -> issue(renewed, renew.request()));
    }

    private CompletionStage<Enrolment.Issued> issue(Node granted, String request) {
        return effects.run(scope, () -> issued(store.snapshot(), granted, request, scope.now()));
    }

    private Enrolment.Issued issued(Snapshot cluster, Node granted, String request, Instant now) {
        Trust trust = EnrolmentPlans.trust(cluster);
        NodeRole role = granted.memberId().isPresent() ? NodeRole.MANAGER : NodeRole.WORKER;
        String certificate = authority.issue(
                trust.root(),
                request,
                granted.id(),
                role,
                node.swarmId(),
                now,
                Claim.swarm(cluster).spec().certificateLifetime());
        SwarmFacts facts = NodeFacts.withRole(NodeFacts.shared(cluster), NodeFacts.role(granted));
        return new Enrolment.Issued(
                granted.id(),
                node.swarmId(),
                role,
                certificate + trust.crossSigned(),
                granted.status().addr(),
                facts,
                role == NodeRole.MANAGER ? Optional.of(logKey()) : Optional.empty());
    }

    private Sensitive logKey() {
        return new Sensitive(new String(Base64.getEncoder().encode(manager.logKey()), US_ASCII));
    }

    /** Signing takes milliseconds of a processor: whoever comes when many are under way is told to come again. */
    private <A> CompletionStage<A> bounded(Supplier<CompletionStage<A>> work) {
        if (underWay >= UNDER_WAY) {
            return refused(
                    ErrorCode.EXHAUSTED, "this manager is busy signing certificates; ask another or try again soon");
        }
        underWay++;
        return LoopAnswers.begun(work).whenComplete((answer, failure) -> {
            if (!scope.closed()) {
                scope.execute(() -> underWay--);
            }
        });
    }

    private static <A> CompletionStage<A> refused(ErrorCode code, String why) {
        return CompletableFuture.failedFuture(new SkepException(code, why));
    }
}
