package io.skep.identity;

import io.skep.api.identity.Enrolment;
import io.skep.api.identity.Enrolment.Issued;
import io.skep.api.identity.Enrolment.Renew;
import io.skep.api.identity.ManagerAddress;
import io.skep.api.identity.Subscription;
import io.skep.api.identity.SwarmFacts;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Entropy;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.kernel.Timer;
import io.skep.api.transport.Transport;
import io.skep.identity.ca.Belief;
import io.skep.identity.ca.NodeKey;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the node's certificate: in time, and at once when the swarm wants the node in another role or signs with another root. All state is the
 * loop's; at most one attempt is under way.
 */
@Component(
        service = {},
        immediate = true)
public final class Renewal {
    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int SHARES = 1000;

    private final Renewable identity;
    private final SwarmNode node;
    private final Transport transport;
    private final Effects effects;
    private final Entropy entropy;
    private final Scope scope;
    private final Subscription subscription;
    private final SecureRandom random = new SecureRandom();
    private double share;
    private Timer timer = () -> {};
    private boolean underWay;
    private int failures;
    private Instant pausedUntil = Instant.MIN;
    private SwarmFacts told;
    /** Consensus went on without this manager; even if it is to be one again by now, it becomes a worker first. */
    private boolean deposed;

    @Activate
    public Renewal(
            @Reference Renewable identity,
            @Reference Transport transport,
            @Reference EventLoop loop,
            @Reference Effects effects,
            @Reference Entropy entropy) {
        this.identity = identity;
        this.node = identity.node();
        this.transport = transport;
        this.effects = effects;
        this.entropy = entropy;
        told = node.facts();
        deposed = manager() && !told.managers().isEmpty() && !listed(told);
        share = anyShare();
        scope = loop.open("renewal");
        subscription = node.onChange(() -> scope.execute(this::look));
        scope.execute(this::look);
    }

    @Deactivate
    void stop() {
        subscription.close();
        scope.close();
    }

    private void look() {
        if (underWay) {
            return;
        }
        timer.cancel();
        if (!node.facts().equals(told)) {
            deposed |= manager() && listed(told) && !listed(node.facts());
            told = node.facts();
            failures = 0; // whoever told something new can be reached
        }
        Duration wait = failures > 0 ? Duration.between(scope.now(), pausedUntil) : untilDue();
        if (wait.isZero() || wait.isNegative()) {
            start();
        } else {
            timer = scope.after(wait, this::look);
        }
    }

    private Duration untilDue() {
        X509Certificate certificate = certificate();
        return stale()
                ? Duration.ZERO
                : RenewalTime.untilDue(
                        scope.now(),
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant(),
                        share);
    }

    private boolean manager() {
        return node.role() == NodeRole.MANAGER;
    }

    private boolean listed(SwarmFacts facts) {
        return facts.managers().stream().anyMatch(manager -> manager.nodeId().equals(node.nodeId()));
    }

    /** True when the swarm wants another role or another root than the certificate's. */
    private boolean stale() {
        List<X509Certificate> roots = node.credentials().roots();
        return deposed
                || node.facts().role() != node.role()
                || (!roots.isEmpty() && !Belief.signed(certificate(), roots.get(roots.size() - 1)));
    }

    private void start() {
        underWay = true;
        List<String> managers = managers();
        effects.run(scope, () -> NodeKey.make(random))
                .thenCompose(key -> ask(managers, new Renew(key.request(), node.memberSuffix(), node.role()))
                        .thenCompose(issued -> effects.run(scope, () -> {
                            identity.renewed(key, issued);
                            return issued;
                        })))
                .whenComplete((issued, failure) -> hand(() -> ended(Optional.ofNullable(failure))));
    }

    /** The managers that are known, beginning with any. */
    private List<String> managers() {
        List<String> managers = new ArrayList<>(
                node.facts().managers().stream().map(ManagerAddress::nodeId).toList());
        if (!managers.isEmpty()) {
            Collections.rotate(managers, (int) entropy.below(managers.size()));
        }
        return managers;
    }

    private CompletionStage<Issued> ask(List<String> managers, Renew question) {
        CompletionStage<byte[]> answer =
                CompletableFuture.failedFuture(new SkepException(ErrorCode.PART_MISSING, "no manager is known"));
        byte[] body = Codec.toBytes(question);
        for (String manager : managers) {
            answer =
                    answer.exceptionallyCompose(failure -> transport.request(manager, Enrolment.RENEW, body, PATIENCE));
        }
        return answer.thenApply(bytes -> Codec.fromBytes(bytes, Issued.class));
    }

    private void hand(Runnable event) {
        try {
            scope.execute(event);
        } catch (SkepException e) {
            LOG.debug("a renewal ended after its component: {}", e.getMessage());
        }
    }

    private void ended(Optional<Throwable> failure) {
        underWay = false;
        share = anyShare();
        if (failure.isPresent()) {
            failed(words(failure.get()));
        } else if (stale() && node.facts().equals(told) && !deposed) {
            failed("the managers granted a certificate for a " + node.role() + ", but want a " + told.role()
                    + " with the present root");
        } else {
            failures = 0;
            deposed = false;
            node.troubled(Optional.empty());
            LOG.info(
                    "the certificate was renewed and is valid until {}",
                    certificate().getNotAfter().toInstant());
        }
        look();
    }

    private void failed(String reason) {
        failures++;
        Duration pause = RenewalTime.pause(failures);
        pausedUntil = scope.now().plus(pause).plusMillis(entropy.below(pause.toMillis()));
        Instant until = certificate().getNotAfter().toInstant();
        String trouble = until.isAfter(scope.now())
                ? "the certificate, valid until " + until + ", cannot be renewed: " + reason
                : "the certificate ended at " + until + " and other nodes refuse this one; it cannot be renewed: "
                        + reason + "; leave the swarm and join it again, or set the clock if it is wrong";
        if (!node.trouble().equals(Optional.of(trouble))) {
            LOG.warn("{}", trouble);
        }
        node.troubled(Optional.of(trouble));
    }

    private X509Certificate certificate() {
        return node.credentials().chain().get(0);
    }

    private double anyShare() {
        return (double) entropy.below(SHARES) / SHARES;
    }

    private static String words(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof SkepException known ? String.valueOf(known.getMessage()) : cause.toString();
    }
}
