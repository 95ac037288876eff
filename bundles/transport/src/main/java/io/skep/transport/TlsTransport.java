package io.skep.transport;

import io.skep.api.identity.LocalNode;
import io.skep.api.identity.Subscription;
import io.skep.api.transport.Access;
import io.skep.api.transport.Admission;
import io.skep.api.transport.Handler;
import io.skep.api.transport.Peer;
import io.skep.api.transport.Transport;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transport over Netty and mutual TLS 1.3. It lives while the node is in a swarm; deactivation closes the port and every connection. */
@Component(service = Transport.class, immediate = true)
public final class TlsTransport implements Transport, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsTransport.class);

    private final LocalNode self;
    private final Subjects subjects;
    private final Addresses addresses;
    private final Loop loop;
    private final Links links;
    private final int port;
    private final Subscription changes;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Called by Declarative Services while the node is in a swarm. */
    @Activate
    public TlsTransport(@Reference(policyOption = ReferencePolicyOption.GREEDY) LocalNode self) {
        this(self, Pace.NORMAL, Clock.systemUTC());
    }

    TlsTransport(LocalNode self, Pace pace, Clock clock) {
        this.self = self;
        subjects = new Subjects(self.nodeId());
        addresses = new Addresses(self);
        loop = new Loop("skep-transport");
        try {
            links = new Links(self, subjects, addresses, loop, pace, clock);
            port = Reception.open(loop, self.listenAddress(), links::accept);
        } catch (RuntimeException | Error e) {
            loop.close();
            throw e;
        }
        changes = self.onChange(() -> loop.run(links::refreshProof));
        long tick = pace.tick().toNanos();
        var unused = loop.events().scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.NANOSECONDS);
    }

    /** A look that fails must not be the last one. */
    private void tick() {
        try {
            links.tick();
        } catch (RuntimeException e) {
            LOG.error("looking after the connections failed", e);
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindAdmission(Admission admission) {
        subjects.admitBy(admission);
    }

    void unbindAdmission(Admission admission) {
        subjects.admitNoMoreBy(admission);
    }

    /** The port that is open. */
    int port() {
        return port;
    }

    @Override
    public CompletionStage<byte[]> request(String nodeId, String subject, byte[] body, Duration timeout) {
        if (!Frames.SUBJECT.matcher(subject).matches()) {
            return failed(
                    ErrorCode.INVALID_ARGUMENT, "'" + subject + "' is no subject: 1 to 64 characters of [a-z0-9.-]");
        } else if (body.length > MAX_BODY) {
            return failed(
                    ErrorCode.INVALID_ARGUMENT, "the body has " + body.length + " bytes; send at most " + MAX_BODY);
        }
        Call call = new Call(subject, body, timeout);
        boolean taken = !closed.get() && loop.post(() -> begin(nodeId, call));
        return taken ? call.answer() : CompletableFuture.failedFuture(stopped());
    }

    private void begin(String nodeId, Call call) {
        Future<?> timer =
                loop.events().schedule(() -> call.timeOut("node " + nodeId), call.nanosLeft(), TimeUnit.NANOSECONDS);
        call.whenOver(() -> timer.cancel(false));
        try {
            if (nodeId.equals(self.nodeId())) {
                askSelf(call);
            } else {
                links.send(nodeId, call);
            }
        } catch (RuntimeException e) {
            call.fail(subjects.told(e, call.subject()));
        }
    }

    /** As from another node, but for the network: on the loop, in order, on copies. */
    private void askSelf(Call call) {
        call.sent();
        subjects.answerSelf(
                        new Peer(self.nodeId(), self.role(), ""),
                        call.subject(),
                        call.body().clone())
                .whenComplete((answer, failure) -> loop.run(() -> {
                    if (failure == null) {
                        call.complete(answer.clone());
                    } else {
                        call.fail(subjects.told(failure, call.subject()));
                    }
                }));
    }

    @Override
    public Registration serve(String subject, Access access, Handler handler) {
        if (!Frames.SUBJECT.matcher(subject).matches()) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT, "'" + subject + "' is no subject: 1 to 64 characters of [a-z0-9.-]");
        }
        return subjects.serve(subject, access, handler);
    }

    @Override
    public void learn(String nodeId, String address) {
        if (addresses.learn(nodeId, address)) {
            loop.run(() -> links.addressChanged(nodeId));
        }
    }

    /** Ends the threads and frees the port; what is under way fails. Idempotent. */
    @Deactivate
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            changes.close();
            loop.run(() -> links.stop(stopped()));
            loop.close();
        }
    }

    private static SkepException stopped() {
        return new SkepException(
                ErrorCode.PART_MISSING, "the transport was stopped; start the bundle io.skep.transport and try again");
    }

    private static CompletionStage<byte[]> failed(ErrorCode code, String message) {
        return CompletableFuture.failedFuture(new SkepException(code, message));
    }
}
