package io.skep.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.identity.Credentials;
import io.skep.api.identity.ManagerAddress;
import io.skep.api.transport.Access;
import io.skep.api.transport.Admission;
import io.skep.api.transport.Peer;
import io.skep.contracts.Await;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom a node speaks with, and what it says to others. */
final class PeersTest {
    private final TestSwarm swarm = new TestSwarm();
    private final TlsTransport one = swarm.manager("one");

    @AfterEach
    void stop() {
        swarm.close();
    }

    private void serve(String subject, Access access) {
        TestSwarm.echo(one, subject, access);
    }

    @Test
    void tellsTheHandlerWhoAsksAndFromWhere() {
        CompletableFuture<Peer> asked = new CompletableFuture<>();
        one.serve("test.who", Access.MEMBERS, (peer, body) -> {
            asked.complete(peer);
            return CompletableFuture.completedFuture(body);
        });

        TestSwarm.ask(swarm.worker("two"), "one", "test.who", "");

        assertThat(Await.answer(asked)).isEqualTo(new Peer("two", NodeRole.WORKER, "127.0.0.1"));
    }

    @Test
    void saysInWordsWhyAnExpiredCertificateIsRefused() {
        Instant now = Instant.now();
        serve("test.echo", Access.MEMBERS);
        TlsTransport expired = swarm.node(
                "late", swarm.ca().issue("late", NodeRole.WORKER, now.minusSeconds(900), now.minusSeconds(300)));

        SkepException refusal = TestSwarm.failure(expired, "one", "test.echo");

        assertThat(refusal.code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(refusal)
                .hasMessageStartingWith("node one refuses this node: the certificate shown is valid from ")
                .hasMessageContaining(", and by the clock of the node asked it is ");
    }

    @Test
    void doesNotSpeakWithAnExpiredNodeEither() {
        Instant now = Instant.now();
        TlsTransport expired = swarm.node(
                "late", swarm.ca().issue("late", NodeRole.WORKER, now.minusSeconds(900), now.minusSeconds(300)));
        TestSwarm.echo(expired, "test.echo", Access.ANYONE);

        SkepException refusal = TestSwarm.failure(one, "late", "test.echo");

        assertThat(refusal.code()).isEqualTo(ErrorCode.PART_MISSING);
        assertThat(refusal)
                .hasMessageStartingWith("node late cannot be reached at 127.0.0.1:")
                .hasMessageContaining("the certificate shown is valid from ")
                .hasMessageContaining(", and by the clock of this host it is ");
    }

    @Test
    void refusesTheNodesOfAnotherSwarm() {
        serve("test.echo", Access.MEMBERS);
        TestNode node = new TestNode("stranger", "swarm2", new TestCa("swarm2").issue("stranger", NodeRole.MANAGER));
        try (TlsTransport stranger = new TlsTransport(node, Pace.NORMAL, Clock.systemUTC())) {
            stranger.learn("one", TestSwarm.address(one));
            one.learn("stranger", TestSwarm.address(stranger));

            assertThat(TestSwarm.failure(stranger, "one", "test.echo"))
                    .hasMessageContaining("the certificate shown is of swarm swarm1, not of swarm2");
            assertThat(TestSwarm.failure(one, "stranger", "test.echo"))
                    .hasMessageContaining("the certificate shown is of swarm swarm2, not of swarm1");
        }
    }

    @Test
    void refusesWhoCallsItselfANodeOfTheSwarm() {
        serve("test.echo", Access.MEMBERS);
        Credentials forged = new TestCa(TestSwarm.SWARM).issue("two", NodeRole.MANAGER);
        Credentials mixed = new Credentials(
                forged.key(),
                forged.chain(),
                List.of(swarm.ca().root(), forged.roots().get(0)));

        SkepException refusal = TestSwarm.failure(swarm.node("two", mixed), "one", "test.echo");

        assertThat(refusal.code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(refusal).hasMessageContaining("does not lead to a trusted root");
    }

    @Test
    void doesNotTakeOneNodeForAnother() {
        TlsTransport two = swarm.manager("two");
        swarm.manager("three");
        two.learn("three", TestSwarm.address(one));

        assertThat(TestSwarm.failure(two, "three", "test.echo"))
                .hasMessageContaining("the certificate shown is that of node one");
    }

    @Test
    void refusesItsOwnIdentityOnAnotherHost() {
        TestNode copy = new TestNode("one", TestSwarm.SWARM, swarm.ca().issue("one", NodeRole.MANAGER));
        try (TlsTransport copied = new TlsTransport(copy, Pace.NORMAL, Clock.systemUTC())) {
            copied.learn("two", TestSwarm.address(one));

            assertThat(TestSwarm.failure(copied, "two", "test.echo")).hasMessageContaining("node one itself");
        }
    }

    @Test
    void asksTheAdmissionForEachRequestInBothDirections() {
        serve("test.members", Access.MEMBERS);
        serve("test.managers", Access.MANAGERS);
        TlsTransport two = swarm.manager("two");
        TestSwarm.echo(two, "test.members", Access.MEMBERS);
        assertThat(TestSwarm.ask(two, "one", "test.managers", "before")).isEqualTo("before");

        one.bindAdmission(peer -> new Peer(peer.nodeId(), NodeRole.WORKER, peer.host()));
        assertThat(TestSwarm.failure(two, "one", "test.managers").code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(TestSwarm.ask(two, "one", "test.members", "lowered")).isEqualTo("lowered");

        one.bindAdmission(peer -> {
            throw new SkepException(ErrorCode.FORBIDDEN, "node " + peer.nodeId() + " was removed");
        });
        assertThat(TestSwarm.failure(two, "one", "test.members")).hasMessage("node two was removed");
        assertThat(TestSwarm.failure(one, "two", "test.members")).hasMessage("node two was removed");
    }

    @Test
    void doesWithoutTheAdmissionThatIsGone() {
        serve("test.members", Access.MEMBERS);
        Admission strict = peer -> {
            throw new SkepException(ErrorCode.FORBIDDEN, "no");
        };
        one.bindAdmission(strict);
        one.unbindAdmission(strict);

        assertThat(TestSwarm.ask(swarm.worker("two"), "one", "test.members", "in"))
                .isEqualTo("in");
    }

    @Test
    void findsTheManagersOfTheFacts() {
        serve("test.echo", Access.MEMBERS);
        TestNode lonely = new TestNode("lonely", TestSwarm.SWARM, swarm.ca().issue("lonely", NodeRole.WORKER));
        lonely.managers(List.of(new ManagerAddress("one", TestSwarm.address(one))));
        try (TlsTransport transport = new TlsTransport(lonely, Pace.NORMAL, Clock.systemUTC())) {
            assertThat(TestSwarm.ask(transport, "one", "test.echo", "found")).isEqualTo("found");
        }
    }

    @Test
    void asksBackOverTheConnectionThatTheOtherOpened() {
        serve("test.echo", Access.MEMBERS);
        TestNode lonely = new TestNode("lonely", TestSwarm.SWARM, swarm.ca().issue("lonely", NodeRole.WORKER));
        try (TlsTransport transport = new TlsTransport(lonely, Pace.NORMAL, Clock.systemUTC())) {
            transport.learn("one", TestSwarm.address(one));
            TestSwarm.echo(transport, "test.back", Access.MANAGERS);
            assertThat(TestSwarm.failure(one, "lonely", "test.back"))
                    .hasMessage("node lonely cannot be reached: its address is not known here");

            TestSwarm.ask(transport, "one", "test.echo", "hello");

            assertThat(TestSwarm.ask(one, "lonely", "test.back", "back")).isEqualTo("back");
        }
    }

    @Test
    void saysWhichNodeAtWhichAddressCannotBeReachedAndWhy() {
        one.learn("gone", "127.0.0.1:1");

        SkepException failure = TestSwarm.failure(one, "gone", "test.echo");

        assertThat(failure.code()).isEqualTo(ErrorCode.PART_MISSING);
        assertThat(failure).hasMessage("node gone cannot be reached at 127.0.0.1:1: connection refused");
    }

    @Test
    void reachesANodeThatCameBackElsewhereAtOnce() {
        TestSwarm.echo(swarm.manager("two"), "test.echo", Access.MEMBERS);
        swarm.stop("two");
        assertThat(TestSwarm.failure(one, "two", "test.echo").code()).isEqualTo(ErrorCode.PART_MISSING);

        TestSwarm.echo(swarm.manager("two"), "test.echo", Access.MEMBERS);

        assertThat(TestSwarm.ask(one, "two", "test.echo", "again")).isEqualTo("again");
    }

    @Test
    void losesNothingWhenBothOpenAConnectionAtTheSameTime() {
        TlsTransport two = swarm.manager("two");
        serve("test.echo", Access.MEMBERS);
        TestSwarm.echo(two, "test.echo", Access.MEMBERS);

        var there = one.request("two", "test.echo", TestSwarm.bytes("a"), TestSwarm.LONG);
        var back = two.request("one", "test.echo", TestSwarm.bytes("b"), TestSwarm.LONG);

        assertThat(TestSwarm.text(Await.answer(there))).isEqualTo("a");
        assertThat(TestSwarm.text(Await.answer(back))).isEqualTo("b");
    }

    @Test
    void failsWhatIsUnderWayWhenTheOtherStops() {
        TlsTransport two = swarm.manager("two");
        CompletableFuture<String> asked = new CompletableFuture<>();
        two.serve("test.silent", Access.MEMBERS, (peer, body) -> {
            asked.complete("");
            return new CompletableFuture<>();
        });
        var answer = one.request("two", "test.silent", new byte[0], TestSwarm.LONG);
        Await.answer(CompletableFuture.anyOf(asked, answer.toCompletableFuture()));

        swarm.stop("two");

        SkepException failure = Await.failure(answer);
        assertThat(failure.code()).isEqualTo(ErrorCode.PART_MISSING);
        assertThat(failure).hasMessage("the connection with node two at 127.0.0.1 broke: it closed the connection");
    }

    @Test
    void failsWhatIsUnderWayWhenItStopsItself() {
        TlsTransport two = swarm.manager("two");
        two.serve("test.silent", Access.MEMBERS, (peer, body) -> new CompletableFuture<>());
        var answer = one.request("two", "test.silent", new byte[0], TestSwarm.LONG);
        var own = one.request("one", "test.silent", new byte[0], Duration.ofSeconds(1));

        swarm.stop("one");

        assertThat(Await.failure(answer).code()).isEqualTo(ErrorCode.PART_MISSING);
        assertThat(Await.failure(own).code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(TestSwarm.failure(one, "two", "test.silent"))
                .hasMessageContaining("start the bundle io.skep.transport");
    }

    @Test
    void bearsWhoAsksAgainAsSoonAsAnAnswerFails() {
        one.learn("gone", "127.0.0.1:1");
        CompletableFuture<Integer> over = new CompletableFuture<>();

        askUntilFailed(20_000, over);

        assertThat(Await.answer(over)).isZero();
    }

    private void askUntilFailed(int times, CompletableFuture<Integer> over) {
        if (times == 0) {
            over.complete(0);
            return;
        }
        var unused = one.request("gone", "test.echo", new byte[0], TestSwarm.LONG)
                .whenComplete((answer, failure) -> askUntilFailed(times - 1, over));
    }

    @Test
    void saysWhoseThePortIsWhenItIsTaken() {
        TestNode second =
                new TestNode("second", TestSwarm.SWARM, swarm.ca().issue("second", NodeRole.MANAGER), one.port());

        assertThatThrownBy(() -> new TlsTransport(second, Pace.NORMAL, Clock.systemUTC()))
                .isInstanceOf(SkepException.class)
                .hasMessageStartingWith("the transport cannot listen on ")
                .hasMessageContaining(":" + one.port() + " (Address already in use)")
                .hasMessageContaining("bundle:restart io.skep.transport");
    }
}
