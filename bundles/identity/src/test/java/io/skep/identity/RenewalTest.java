package io.skep.identity;

import static io.skep.identity.SwarmIdentityTest.refused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.identity.Addresses;
import io.skep.api.identity.Credentials;
import io.skep.api.identity.Enrolment;
import io.skep.api.identity.LocalManager;
import io.skep.api.identity.LocalNode;
import io.skep.api.identity.ManagerAddress;
import io.skep.api.identity.SwarmFacts;
import io.skep.api.transport.Access;
import io.skep.api.transport.Transport;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.contracts.transport.SimulatedNetwork;
import io.skep.identity.ca.Belief;
import io.skep.identity.ca.NodeKey;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import io.skep.model.UnlockKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewalTest {
    private static final Duration LIFETIME = Duration.ofDays(90);
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path temporary;

    private Host host = new Host(Path.of("unused"));
    private SimulatedNetwork network = new SimulatedNetwork();
    private Optional<SkepException> refusal = Optional.empty();
    private SwarmIdentity identity = host.withoutTransport();
    private LocalNode node = new SimulatedNode("", "", NodeRole.WORKER, Path.of("unused"));

    @BeforeEach
    void aWorkerAndItsManager() {
        host = new Host(temporary);
        network = new SimulatedNetwork(
                (delay, action) -> host.loop.open("network").after(delay, action));
        network.manager("manager").serve(Enrolment.RENEW, Access.MEMBERS, (peer, body) -> refusal.map(
                        CompletableFuture::<byte[]>failedFuture)
                .orElseGet(() -> CompletableFuture.completedFuture(host.managers.renew(peer.nodeId(), body))));
        identity = host.start();
        node = identity.join(host.managers.token(), List.of("192.0.2.1"), Addresses.CHOSEN);
        host.registry.story();
    }

    /** The node with a certificate of an hour, so that failures need not be played through for weeks. */
    private Renewal shortLived() {
        identity.leave();
        host.managers.lifetime = HOUR;
        node = identity.join(host.managers.token(), List.of("192.0.2.1"), Addresses.CHOSEN);
        return renewal();
    }

    private Renewal renewal() {
        Transport transport = network.node(node.nodeId(), node.role());
        Renewal renewal = new Renewal(
                host.registry.service(Renewable.class).orElseThrow(), transport, host.loop, host.loop, host.dice);
        host.loop.settle();
        return renewal;
    }

    private Instant until() {
        return node.credentials().chain().get(0).getNotAfter().toInstant();
    }

    private void promote(NodeRole role) {
        host.managers.granted = role;
        node.learn(host.managers.facts(role));
        host.loop.settle();
    }

    @Test
    void aCertificateIsRenewedBetweenHalfAndTwoThirdsOfItsLifeWithAnotherKey() {
        renewal();
        Credentials before = node.credentials();
        AtomicInteger told = new AtomicInteger();
        node.onChange(told::incrementAndGet);

        host.loop.pass(LIFETIME.dividedBy(2).minusSeconds(1));
        assertThat(host.managers.renewals).isEmpty();
        host.loop.pass(LIFETIME.dividedBy(6).plusSeconds(2));
        assertThat(host.managers.renewals).hasSize(1);

        assertThat(told).hasValue(1);
        assertThat(node.credentials().key()).isNotEqualTo(before.key());
        assertThat(until()).isAfter(before.chain().get(0).getNotAfter().toInstant());
        assertThat(node.trouble()).isEmpty();
        assertThat(host.registry.story()).isEmpty();
        host = host.afterKill();
        assertThat(host.start().current().map(LocalNode::credentials)).contains(node.credentials());
    }

    @Test
    void itGoesOnForAYear() {
        renewal();
        host.loop.pass(Duration.ofDays(365));

        assertThat(host.managers.renewals).hasSizeBetween(6, 8);
        assertThat(until()).isAfter(host.loop.now().plus(LIFETIME.dividedBy(3)));
    }

    @Test
    void theShortestLifeIsRenewedInTime() {
        host.managers.lifetime = HOUR;
        host.managers.granted = NodeRole.MANAGER;
        renewal();
        promote(NodeRole.MANAGER);
        host.loop.pass(Duration.ofHours(24));

        assertThat(host.managers.renewals).hasSizeBetween(36, 49);
        assertThat(until()).isAfter(host.loop.now());
    }

    @Test
    void aPromotionIsCarriedOutAtOnceAndADemotionTakesAllOfItBack() throws IOException {
        renewal();
        promote(NodeRole.MANAGER);

        assertThat(node.role()).isEqualTo(NodeRole.MANAGER);
        assertThat(host.registry.story()).isEqualTo("+LocalManager");
        assertThat(host.registry.role(LocalNode.class)).contains(NodeRole.MANAGER);
        LocalManager first = host.registry.service(LocalManager.class).orElseThrow();
        assertThat(first.memberId())
                .isEqualTo(node.nodeId() + ":" + host.managers.renewals.get(0).memberSuffix());
        assertThat(first.foundingMembers()).isEmpty();
        Files.createDirectories(first.directory());
        Files.writeString(first.directory().resolve("segment"), "commands");
        host.registry.whenManagerGoes(() -> {
            assertThat(first.directory().resolve("segment")).exists();
            assertThat(node.role()).as("while its certificate still counts").isEqualTo(NodeRole.MANAGER);
        });

        promote(NodeRole.WORKER);

        assertThat(node.role()).isEqualTo(NodeRole.WORKER);
        assertThat(host.registry.story()).isEqualTo("-LocalManager");
        assertThat(host.registry.role(LocalNode.class)).contains(NodeRole.WORKER);
        assertThat(first.directory()).doesNotExist();
        assertThat(Files.readString(host.directory.resolve("secrets"), ISO_8859_1))
                .doesNotContain(Managers.base64('l'));

        promote(NodeRole.MANAGER);
        LocalManager second = host.registry.service(LocalManager.class).orElseThrow();
        assertThat(second.memberId()).isNotEqualTo(first.memberId());
        assertThat(second.directory()).isNotEqualTo(first.directory());
        assertThat(host.managers.renewals.get(1).memberSuffix()).isNotEmpty();
        assertThat(second.memberId())
                .endsWith(":" + host.managers.renewals.get(2).memberSuffix());
    }

    @Test
    void whoeverIsPromotedAgainBeforeItNoticesItsDemotionBecomesAWorkerFirst() {
        renewal();
        promote(NodeRole.MANAGER);
        SwarmFacts before = node.facts();
        node.learn(listing(before, "manager", node.nodeId()));
        host.loop.settle();
        String first = host.registry.service(LocalManager.class).orElseThrow().memberId();
        assertThat(host.managers.renewals).hasSize(1);
        host.managers.granted = NodeRole.WORKER;
        host.managers.wanted = Optional.of(NodeRole.MANAGER);
        host.registry.whenManagerGoes(() -> host.managers.granted = NodeRole.MANAGER);
        node.learn(listing(before, "manager"));
        host.loop.settle();

        assertThat(host.managers.renewals).hasSize(3);
        assertThat(node.role()).isEqualTo(NodeRole.MANAGER);
        assertThat(host.registry.service(LocalManager.class).orElseThrow().memberId())
                .isNotEqualTo(first);
        assertThat(node.trouble()).isEmpty();
    }

    private static SwarmFacts listing(SwarmFacts facts, String... managers) {
        return new SwarmFacts(
                Stream.of(managers)
                        .map(id -> new ManagerAddress(id, "192.0.2.1:2377"))
                        .toList(),
                facts.gossipKeys(),
                facts.roots(),
                NodeRole.MANAGER,
                List.of());
    }

    @Test
    void aDemotionOpensTheKeys() {
        renewal();
        promote(NodeRole.MANAGER);
        identity.lockWith(Optional.of(UnlockKey.of(new byte[UnlockKey.BYTES]).text()));
        promote(NodeRole.WORKER);
        host = host.afterKill();

        assertThat(host.start().locked()).isFalse();
    }

    @Test
    void aPromotionWhoseAnswerWasLostIsAskedForWithTheSameMember() {
        renewal();
        network.cut("manager");
        promote(NodeRole.MANAGER);
        network.cut(node.nodeId());
        network.heal("manager");
        host.loop.pass(Duration.ofMinutes(1));
        network.heal();
        host.loop.pass(Duration.ofMinutes(2));

        assertThat(node.role()).isEqualTo(NodeRole.MANAGER);
        assertThat(host.managers.renewals.stream()
                        .map(Enrolment.Renew::memberSuffix)
                        .distinct())
                .hasSize(1);
        assertThat(host.managers.renewals.stream().map(Enrolment.Renew::request).distinct())
                .as("another key each time")
                .hasSameSizeAs(host.managers.renewals);
    }

    @Test
    void aNewRootIsFollowedAtOnce() {
        renewal();
        host.managers.rotate();
        node.learn(host.managers.facts(NodeRole.WORKER));
        host.loop.settle();

        assertThat(host.managers.renewals).hasSize(1);
        assertThat(Belief.signed(
                        node.credentials().chain().get(0),
                        node.credentials().roots().get(1)))
                .isTrue();
        assertThat(node.credentials().chain()).hasSize(2);
        node.learn(host.managers.facts(NodeRole.WORKER));
        host.loop.pass(Duration.ofDays(1));
        assertThat(host.managers.renewals).hasSize(1);
    }

    @Test
    void theNextManagerIsAskedWhenOneIsDown() {
        SwarmFacts facts = node.facts();
        node.learn(new SwarmFacts(
                List.of(
                        new ManagerAddress("down", "192.0.2.8:2377"),
                        new ManagerAddress("off", "192.0.2.9:2377"),
                        facts.managers().get(0)),
                facts.gossipKeys(),
                facts.roots(),
                NodeRole.MANAGER,
                List.of()));
        host.managers.granted = NodeRole.MANAGER;
        renewal();

        assertThat(node.role()).isEqualTo(NodeRole.MANAGER);
    }

    @Test
    void aRefusalIsSaidAndTriedAgainEverMoreRarely() {
        shortLived();
        refusal = Optional.of(new SkepException(ErrorCode.NO_LEADER, "there is no leader"));
        host.loop.pass(HOUR.dividedBy(3).multipliedBy(2));

        assertThat(node.trouble().orElseThrow())
                .startsWith("the certificate, valid until ")
                .endsWith("cannot be renewed: there is no leader");
        refusal = Optional.empty();
        host.loop.pass(Duration.ofMinutes(3));
        assertThat(node.trouble()).isEmpty();
        assertThat(until()).isAfter(host.loop.now().plus(HOUR.dividedBy(2)));
    }

    @Test
    void anExpiredCertificateIsSaidAndStillTried() {
        shortLived();
        refusal = Optional.of(new SkepException(ErrorCode.FORBIDDEN, "expired"));
        host.loop.pass(HOUR.plusMinutes(5));

        assertThat(node.trouble().orElseThrow())
                .contains("other nodes refuse this one", "expired", "leave the swarm and join it again");
        refusal = Optional.empty();
        host.loop.pass(Duration.ofMinutes(3));
        assertThat(node.trouble()).isEmpty();
    }

    @Test
    void managersThatGrantAnotherRoleThanWantedAreNotAskedInALoop() {
        renewal();
        host.managers.granted = NodeRole.WORKER;
        node.learn(host.managers.facts(NodeRole.MANAGER));
        host.loop.pass(Duration.ofMinutes(10));

        assertThat(host.managers.renewals).hasSizeBetween(7, 20);
        assertThat(node.trouble().orElseThrow()).contains("granted a certificate for a WORKER, but want a MANAGER");
        host.managers.granted = NodeRole.MANAGER;
        host.loop.pass(Duration.ofMinutes(3));
        assertThat(node.role()).isEqualTo(NodeRole.MANAGER);
        assertThat(node.trouble()).isEmpty();
    }

    @Test
    void whatTheLeaderTellsIsNotKeptWaitingByEarlierFailures() {
        shortLived();
        refusal = Optional.of(new SkepException(ErrorCode.NO_LEADER, "there is no leader"));
        host.loop.pass(HOUR.dividedBy(3).multipliedBy(2));
        assertThat(node.trouble()).isPresent();
        refusal = Optional.empty();
        promote(NodeRole.MANAGER);

        assertThat(node.role()).isEqualTo(NodeRole.MANAGER);
    }

    @Test
    void anAnswerThatIsNotForThisNodeChangesNothing() {
        Renewable renewable = host.registry.service(Renewable.class).orElseThrow();
        Credentials before = node.credentials();
        NodeKey key = NodeKey.make(new SecureRandom());
        NodeKey other = NodeKey.make(new SecureRandom());

        refused(
                ErrorCode.FORBIDDEN,
                "it is for node somebody",
                () -> renewable.renewed(key, host.managers.issue("somebody", key.request())));
        refused(
                ErrorCode.FORBIDDEN,
                "not for the key",
                () -> renewable.renewed(key, host.managers.issue(node.nodeId(), other.request())));
        host.managers.root = host.managers.authority.found(Managers.SWARM, host.loop.now());
        refused(
                ErrorCode.FORBIDDEN,
                "does not lead to a root",
                () -> renewable.renewed(key, host.managers.issue(node.nodeId(), key.request())));
        assertThat(node.credentials()).isEqualTo(before);
    }

    @Test
    void nothingIsAnnouncedAfterTheNodeLeft() {
        Renewable renewable = host.registry.service(Renewable.class).orElseThrow();
        host.managers.granted = NodeRole.MANAGER;
        NodeKey key = NodeKey.make(new SecureRandom());
        identity.leave();

        refused(
                ErrorCode.PART_MISSING,
                "left its swarm",
                () -> renewable.renewed(key, host.managers.issue(node.nodeId(), key.request())));
        assertThat(host.registry.empty()).isTrue();
        assertThat(host.directory).doesNotExist();
    }

    @Test
    void aStoppedRenewalDoesNothingMore() {
        Renewal renewal = renewal();
        renewal.stop();
        promote(NodeRole.MANAGER);
        host.loop.pass(LIFETIME);

        assertThat(host.managers.renewals).isEmpty();
        assertThat(node.facts().role()).isEqualTo(NodeRole.MANAGER);
    }
}
