package io.skep.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.skep.api.transport.Introduction;
import io.skep.model.ErrorCode;
import io.skep.model.JoinToken;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Introductions over TLS in which only the other side shows a certificate. A node joins once in its life, so each question has a loop
 * of its own, which ends with it.
 */
@Component(service = Introduction.class)
public final class TlsIntroduction implements Introduction, AutoCloseable {
    private final Pace pace;
    private final Clock clock;
    private final Set<Question> open = ConcurrentHashMap.newKeySet();

    /** Called by Declarative Services. */
    @Activate
    public TlsIntroduction() {
        this(Pace.NORMAL, Clock.systemUTC());
    }

    TlsIntroduction(Pace pace, Clock clock) {
        this.pace = pace;
        this.clock = clock;
    }

    @Override
    public CompletionStage<byte[]> ask(
            String address, String rootDigest, String subject, byte[] body, Duration timeout) {
        try {
            Addresses.parse(address);
        } catch (SkepException e) {
            return CompletableFuture.failedFuture(e);
        }
        Question question = new Question(address, new Call(subject, body, timeout));
        open.add(question);
        question.begin(rootDigest);
        return question.call.answer();
    }

    /** Ends what is under way. */
    @Deactivate
    @Override
    public void close() {
        open.forEach(Question::abandon);
    }

    /** One question. */
    private final class Question implements Greeting.Outcome, Connection.Owner {
        private final String address;
        private final Call call;
        private final Loop loop = new Loop("skep-introduction");

        private Question(String address, Call call) {
            this.address = address;
            this.call = call;
        }

        private void begin(String rootDigest) {
            loop.run(() -> {
                call.whenOver(this::finish);
                var unused = loop.events()
                        .schedule(() -> call.timeOut("the node at " + address), call.nanosLeft(), TimeUnit.NANOSECONDS);
                PeerCheck check = new PeerCheck(presented -> manager(presented, rootDigest));
                new Dialer(loop, pace).dial(address, null, check, this);
            });
        }

        private void finish() {
            open.remove(this);
            loop.close();
        }

        private void abandon() {
            loop.run(() -> call.fail(new SkepException(
                    ErrorCode.PART_MISSING, "the transport was stopped; start io.skep.transport and try again")));
            loop.close();
        }

        @Override
        public ChannelHandler met(Channel channel, Party party) {
            Connection connection = new Connection(channel, party, new Subjects(""), pace, clock, this);
            connection.send(call);
            return connection;
        }

        @Override
        public void failed(Throwable cause) {
            boolean refused = Causes.known(cause).isPresent();
            call.fail(new SkepException(
                    refused ? ErrorCode.FORBIDDEN : ErrorCode.PART_MISSING,
                    refused
                            ? "the node at " + address + " is not to be trusted: " + Causes.of(cause)
                            : "the node at " + address + " cannot be reached: " + Causes.of(cause),
                    cause));
        }

        @Override
        public void replace(Connection connection) {
            connection.leave();
        }

        @Override
        public void left(Connection connection) {
            // There is but this one.
        }

        @Override
        public void gone(Connection connection, SkepException why) {
            call.fail(why);
        }
    }

    private Certified manager(List<X509Certificate> presented, String rootDigest) {
        List<X509Certificate> roots =
                presented.stream().filter(one -> digest(one).equals(rootDigest)).toList();
        if (roots.isEmpty()) {
            throw new SkepException(
                    ErrorCode.FORBIDDEN,
                    "the certificate shown leads to another root than the token's (digest "
                            + digest(presented.get(presented.size() - 1)) + " instead of " + rootDigest
                            + "); the token is of another swarm, or older than the swarm's present root");
        }
        Certified other = Trusted.check(presented, roots, Trusted.Use.SERVER, clock.instant());
        if (other.role() != NodeRole.MANAGER) {
            throw new SkepException(
                    ErrorCode.FORBIDDEN, "node " + other.nodeId() + " is a worker; name a manager of the swarm");
        }
        return other;
    }

    private static String digest(X509Certificate certificate) {
        try {
            return JoinToken.digestOf(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            return "";
        }
    }
}
