package io.skep.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.identity.Credentials;
import io.skep.api.transport.Access;
import io.skep.api.transport.Peer;
import io.skep.contracts.Await;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class IntroductionTest {
    private final TestClock clock = new TestClock();
    private final TestSwarm swarm = new TestSwarm();
    private final TlsTransport manager = swarm.manager("manager");
    private final TlsIntroduction introduction = new TlsIntroduction(Pace.NORMAL, clock);

    @AfterEach
    void stop() {
        introduction.close();
        swarm.close();
    }

    private CompletionStage<byte[]> ask(TlsTransport whom, String digest, String subject, int bytes) {
        return introduction.ask(TestSwarm.address(whom), digest, subject, new byte[bytes], TestSwarm.LONG);
    }

    private SkepException failure(TlsTransport whom, String digest, String subject, int bytes) {
        return Await.failure(ask(whom, digest, subject, bytes));
    }

    @Test
    void asksAManagerWithoutACertificate() {
        CompletableFuture<Peer> asked = new CompletableFuture<>();
        manager.serve("ca.join", Access.ANYONE, (peer, body) -> {
            asked.complete(peer);
            return CompletableFuture.completedFuture(TestSwarm.bytes("welcome"));
        });

        byte[] answer = Await.answer(ask(manager, swarm.ca().digest(), "ca.join", 1000));

        assertThat(TestSwarm.text(answer)).isEqualTo("welcome");
        assertThat(Await.answer(asked).anonymous()).isTrue();
        assertThat(Await.answer(asked).host()).isEqualTo("127.0.0.1");
    }

    @Test
    void isToldWhatTheManagerRefuses() {
        manager.serve(
                "ca.join",
                Access.ANYONE,
                (peer, body) -> CompletableFuture.failedFuture(
                        new SkepException(ErrorCode.FORBIDDEN, "the token is wrong or was rotated")));

        assertThat(failure(manager, swarm.ca().digest(), "ca.join", 0)).hasMessage("the token is wrong or was rotated");
    }

    @Test
    void reachesNothingElse() {
        TestSwarm.echo(manager, "test.members", Access.MEMBERS);
        TestSwarm.echo(manager, "test.managers", Access.MANAGERS);

        assertThat(List.of("test.members", "test.managers", "test.nothing")).allSatisfy(subject -> {
            SkepException failure = failure(manager, swarm.ca().digest(), subject, 0);
            assertThat(failure.code()).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(failure).hasMessageContaining("is for nodes with a certificate of the swarm");
        });
    }

    @Test
    void maySendLittle() {
        TestSwarm.echo(manager, "ca.join", Access.ANYONE);

        assertThat(Await.answer(ask(manager, swarm.ca().digest(), "ca.join", 64 * 1024)))
                .hasSize(64 * 1024);
        assertThat(failure(manager, swarm.ca().digest(), "ca.join", 64 * 1024 + 1)
                        .code())
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void doesNotTrustAnotherRootThanTheTokens() {
        String other = new TestCa(TestSwarm.SWARM).digest();

        SkepException failure = failure(manager, other, "ca.join", 0);

        assertThat(failure.code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(failure)
                .hasMessageStartingWith("the node at " + TestSwarm.address(manager) + " is not to be trusted: ")
                .hasMessageContaining("another root than the token's")
                .hasMessageContaining(other)
                .hasMessageContaining(swarm.ca().digest());
    }

    @Test
    void findsTheTokensRootAmongSeveral() {
        TestCa old = swarm.ca();
        TestCa next = new TestCa(TestSwarm.SWARM);
        Credentials issued = next.issue("rotated", NodeRole.MANAGER);
        TlsTransport rotated = swarm.node(
                "rotated",
                new Credentials(
                        issued.key(),
                        List.of(issued.chain().get(0), old.crossSign(next)),
                        List.of(old.root(), next.root())));
        TestSwarm.echo(rotated, "ca.join", Access.ANYONE);

        assertThat(Await.answer(ask(rotated, old.digest(), "ca.join", 3))).hasSize(3);
        assertThat(Await.answer(ask(rotated, next.digest(), "ca.join", 3))).hasSize(3);
    }

    @Test
    void saysBothTimesWhenThisHostsClockIsWrong() {
        clock.advance(Duration.ofDays(3));

        SkepException failure = failure(manager, swarm.ca().digest(), "ca.join", 0);

        assertThat(failure.code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(failure)
                .hasMessageContaining("the certificate shown is valid from ")
                .hasMessageContaining(", and by the clock of this host it is "
                        + clock.instant().toString().substring(0, 13));
    }

    @Test
    void wantsAManager() {
        TlsTransport worker = swarm.worker("worker");

        SkepException failure = failure(worker, swarm.ca().digest(), "ca.join", 0);

        assertThat(failure.code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(failure).hasMessageEndingWith("node worker is a worker; name a manager of the swarm");
    }

    @Test
    void wantsACertificateForServers() {
        Instant now = Instant.now();
        TlsTransport odd = swarm.node(
                "odd",
                swarm.ca()
                        .issue(
                                "odd",
                                NodeRole.MANAGER,
                                now.minusSeconds(9),
                                now.plusSeconds(900),
                                KeyPurposeId.id_kp_clientAuth));

        assertThat(failure(odd, swarm.ca().digest(), "ca.join", 0)).hasMessageContaining("not made for a TLS server");
    }

    @Test
    void saysWhatListensThere() throws IOException {
        String digest = swarm.ca().digest();

        SkepException nobody =
                Await.failure(introduction.ask("127.0.0.1:1", digest, "ca.join", new byte[0], TestSwarm.LONG));
        SkepException malformed =
                Await.failure(introduction.ask("nonsense", digest, "ca.join", new byte[0], TestSwarm.LONG));

        assertThat(nobody.code()).isEqualTo(ErrorCode.PART_MISSING);
        assertThat(nobody).hasMessage("the node at 127.0.0.1:1 cannot be reached: connection refused");
        assertThat(malformed.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void doesNotWaitForEverForWhoDoesNotSpeak() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            SkepException failure = Await.failure(introduction.ask(
                    "127.0.0.1:" + mute.getLocalPort(),
                    swarm.ca().digest(),
                    "ca.join",
                    new byte[0],
                    Duration.ofMillis(300)));

            assertThat(failure.code()).isEqualTo(ErrorCode.PART_MISSING);
            assertThat(failure).hasMessageContaining("could not be reached within 300 ms");
        }
    }

    @Test
    void failsWhatIsUnderWayWhenItStops() {
        CompletableFuture<String> asked = new CompletableFuture<>();
        manager.serve("ca.join", Access.ANYONE, (peer, body) -> {
            asked.complete("");
            return new CompletableFuture<>();
        });
        var answer = ask(manager, swarm.ca().digest(), "ca.join", 0);
        Await.answer(CompletableFuture.anyOf(asked, answer.toCompletableFuture()));

        introduction.close();

        assertThat(Await.failure(answer).code()).isEqualTo(ErrorCode.PART_MISSING);
    }
}
