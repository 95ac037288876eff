package io.skep.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.identity.Credentials;
import io.skep.api.transport.Access;
import io.skep.contracts.Await;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Certificates change while requests are under way, and none of them fails. */
final class RenewalTest {
    private static final int SOME = 200;

    private final TestClock clock = new TestClock();
    private final TestSwarm swarm = new TestSwarm(clock);
    private final TlsTransport one = swarm.manager("one");
    private final TlsTransport two = swarm.worker("two");

    @AfterEach
    void stop() {
        swarm.close();
    }

    private void renew(String nodeId, NodeRole role) {
        swarm.local(nodeId).renew(swarm.ca().issue(nodeId, role));
    }

    private Load load(TlsTransport from, TlsTransport to, String toId, String name) {
        Load load = new Load(from, toId, name);
        load.answeredBy(to);
        return load.start();
    }

    private String roleOfTwo() {
        CompletableFuture<String> seen = new CompletableFuture<>();
        var registration = one.serve("test.role", Access.MEMBERS, (peer, body) -> {
            seen.complete(peer.role().name());
            return CompletableFuture.completedFuture(body);
        });
        Await.answer(two.request("one", "test.role", new byte[0], TestSwarm.LONG));
        registration.close();
        return Await.answer(seen);
    }

    @Test
    void noRequestFailsWhileRolesChange() throws InterruptedException {
        Load there = load(one, two, "two", "there");
        Load back = load(two, one, "one", "back");

        for (int i = 0; i < 10; i++) {
            there.awaitMore(SOME);
            renew("two", i % 2 == 0 ? NodeRole.MANAGER : NodeRole.WORKER);
            back.awaitMore(SOME);
            renew("one", i % 2 == 0 ? NodeRole.WORKER : NodeRole.MANAGER);
        }
        there.awaitMore(SOME);
        back.awaitMore(SOME);

        assertThat(there.stop()).isEmpty();
        assertThat(back.stop()).isEmpty();
    }

    @Test
    void theNewRoleCountsFromTheFirstRequestOn() {
        assertThat(roleOfTwo()).isEqualTo("WORKER");
        swarm.local("two").renewSilently(swarm.ca().issue("two", NodeRole.MANAGER));
        assertThat(roleOfTwo()).isEqualTo("MANAGER");
        renew("two", NodeRole.WORKER);
        assertThat(roleOfTwo()).isEqualTo("WORKER");
    }

    @Test
    void aRenewalOfTheSameRoleKeepsTheConnection() {
        TestSwarm.echo(one, "test.echo", Access.MEMBERS);
        try (Relay relay = new Relay(one.port())) {
            two.learn("one", relay.address());
            TestSwarm.ask(two, "one", "test.echo", "before");

            renew("two", NodeRole.WORKER);
            renew("one", NodeRole.MANAGER);
            TestSwarm.ask(two, "one", "test.echo", "after");

            assertThat(relay.accepted()).isEqualTo(1);
        }
    }

    @Test
    void connectionsAreReplacedBeforeTheirCertificatesEnd() throws InterruptedException {
        Load there = load(one, two, "two", "there");
        Load back = load(two, one, "one", "back");
        there.awaitMore(SOME);
        back.awaitMore(SOME);

        Instant now = clock.instant();
        for (String nodeId : List.of("one", "two")) {
            NodeRole role = nodeId.equals("one") ? NodeRole.MANAGER : NodeRole.WORKER;
            swarm.local(nodeId)
                    .renew(swarm.ca().issue(nodeId, role, now.minusSeconds(9), now.plus(Duration.ofDays(2))));
        }
        clock.advance(Duration.ofMinutes(60).minusSeconds(20));
        there.awaitMore(SOME);
        back.awaitMore(SOME);
        clock.advance(Duration.ofHours(3));
        there.awaitMore(SOME);
        back.awaitMore(SOME);

        assertThat(there.stop()).isEmpty();
        assertThat(back.stop()).isEmpty();
    }

    @Test
    void aCertificateThatEndsMeanwhileIsRefusedFromThenOn() {
        TestSwarm.echo(one, "test.echo", Access.MEMBERS);
        TestSwarm.ask(two, "one", "test.echo", "in time");

        clock.advance(Duration.ofHours(2));

        assertThat(TestSwarm.failure(two, "one", "test.echo").code()).isIn(ErrorCode.FORBIDDEN, ErrorCode.PART_MISSING);
    }

    @Test
    void noRequestFailsWhileTheRootRotates() throws InterruptedException {
        TestCa next = new TestCa(TestSwarm.SWARM);
        Load there = load(one, two, "two", "there");
        Load back = load(two, one, "one", "back");
        there.awaitMore(SOME);

        trust("one", swarm.ca(), NodeRole.MANAGER, swarm.ca(), next);
        trust("two", swarm.ca(), NodeRole.WORKER, swarm.ca(), next);
        there.awaitMore(SOME);
        trust("one", next, NodeRole.MANAGER, swarm.ca(), next);
        trust("two", next, NodeRole.WORKER, swarm.ca(), next);
        back.awaitMore(SOME);
        trust("two", next, NodeRole.WORKER, next);
        trust("one", next, NodeRole.MANAGER, next);
        back.awaitMore(SOME);
        there.awaitMore(SOME);

        assertThat(there.stop()).isEmpty();
        assertThat(back.stop()).isEmpty();
    }

    private void trust(String nodeId, TestCa issuer, NodeRole role, TestCa... trusted) {
        Credentials issued = issuer.issue(nodeId, role);
        swarm.local(nodeId)
                .renew(new Credentials(
                        issued.key(),
                        issued.chain(),
                        List.of(trusted).stream().map(TestCa::root).toList()));
    }

    @Test
    void aNodeThatMissedTheRotationIsRefused() {
        TestSwarm.echo(one, "test.echo", Access.MEMBERS);
        TestSwarm.ask(two, "one", "test.echo", "before");
        TestCa next = new TestCa(TestSwarm.SWARM);

        trust("one", next, NodeRole.MANAGER, next);
        clock.advance(Duration.ofSeconds(11));

        assertThat(Await.failure(untilFailure()).code()).isIn(ErrorCode.FORBIDDEN, ErrorCode.PART_MISSING);
    }

    /** The roots are looked at beside the loop, so that a few requests may pass still. */
    private CompletableFuture<byte[]> untilFailure() {
        return two.request("one", "test.echo", new byte[0], TestSwarm.LONG)
                .thenCompose(answer -> {
                    clock.advance(Duration.ofSeconds(1));
                    return untilFailure();
                })
                .toCompletableFuture();
    }
}
