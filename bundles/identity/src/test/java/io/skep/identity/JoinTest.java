package io.skep.identity;

import static io.skep.identity.SwarmIdentityTest.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.identity.Addresses;
import io.skep.api.identity.Enrolment.Join;
import io.skep.api.identity.LocalManager;
import io.skep.api.identity.LocalNode;
import io.skep.identity.ca.BouncyAuthority;
import io.skep.model.ErrorCode;
import io.skep.model.JoinToken;
import io.skep.model.NodeRole;
import io.skep.model.Sensitive;
import io.skep.model.SkepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinTest {
    private static final List<String> ONE = List.of("192.0.2.1");
    private static final List<String> THREE = List.of("192.0.2.1", "192.0.2.2:4000", "manager.example");

    @TempDir
    private Path temporary;

    private Host host = new Host(Path.of("unused"));

    @BeforeEach
    void aHost() {
        host = new Host(temporary);
    }

    private LocalNode join(List<String> managers) {
        return host.start().join(host.managers.token(), managers, Addresses.CHOSEN);
    }

    @Test
    void aWorkerIsANodeAndNoManager() {
        LocalNode node = join(ONE);
        Join question = host.managers.joins.get(0);

        assertThat(host.managers.asked).containsExactly("192.0.2.1:2377");
        assertThat(question.secret().value()).isEqualTo(Managers.SECRET);
        assertThat(question.address()).isEqualTo("192.0.2.10:2378");
        assertThat(question.clock()).isEqualTo(host.loop.now());
        assertThat(question.memberSuffix()).matches("[0-9a-z]{8}");
        assertThat(node.nodeId()).isEqualTo(new BouncyAuthority().keyName(question.request()));
        assertThat(node.swarmId()).isEqualTo(Managers.SWARM);
        assertThat(node.role()).isEqualTo(NodeRole.WORKER);
        assertThat(node.facts()).isEqualTo(host.managers.facts(NodeRole.WORKER));
        assertThat(host.registry.story()).isEqualTo("+LocalNode +Renewable");
        assertThat(host.directory.resolve("join")).doesNotExist();
    }

    @Test
    void aManagerHasItsMemberAndTheLogsKey() {
        host.managers.granted = NodeRole.MANAGER;
        LocalNode node = join(ONE);
        LocalManager manager = host.registry.service(LocalManager.class).orElseThrow();

        assertThat(manager.memberId())
                .isEqualTo(node.nodeId() + ":" + host.managers.joins.get(0).memberSuffix());
        assertThat(manager.foundingMembers()).isEmpty();
        assertThat(manager.founding()).isEmpty();
        assertThat(manager.logKey()).isEqualTo("l".repeat(32).getBytes(UTF_8));
    }

    @Test
    void theNextManagerIsAskedWhenOneIsNotThere() {
        host.managers.failures.put("192.0.2.1:2377", failure(ErrorCode.TIMED_OUT, "did not answer"));
        host.managers.failures.put("192.0.2.2:4000", failure(ErrorCode.NO_LEADER, "no leader"));

        assertThat(join(THREE).role()).isEqualTo(NodeRole.WORKER);
        assertThat(host.managers.asked).containsExactly("192.0.2.1:2377", "192.0.2.2:4000", "manager.example:2377");
    }

    @Test
    void everyFailureIsTold() {
        host.managers.failures.put("192.0.2.1:2377", failure(ErrorCode.TIMED_OUT, "did not answer"));
        refused(
                ErrorCode.PART_MISSING,
                "no manager lets this node in: 192.0.2.1:2377: did not answer",
                () -> join(ONE));

        host.managers.failures.put("192.0.2.2:4000", failure(ErrorCode.NO_LEADER, "there is no leader"));
        host.managers.failures.put("manager.example:2377", failure(ErrorCode.NOT_FOUND, "serves no ca.join"));
        refused(
                ErrorCode.NO_LEADER,
                "did not answer; 192.0.2.2:4000: there is no leader; manager.example:2377: serves no ca.join",
                () -> join(THREE));
    }

    @Test
    void aRefusalIsPassedOnAtOnce() {
        host.managers.failures.put("192.0.2.1:2377", failure(ErrorCode.FORBIDDEN, "the token was rotated"));

        refused(ErrorCode.FORBIDDEN, "192.0.2.1:2377: the token was rotated", () -> join(THREE));
        assertThat(host.managers.asked).hasSize(1);
        assertThat(host.registry.empty()).isTrue();
    }

    @Test
    void aHostWhoseAnswerWasLostBecomesTheSameNode() throws IOException {
        host.managers.silent = true;
        refused(ErrorCode.PART_MISSING, "the answer was lost", () -> join(ONE));
        Path begun = host.directory.resolve("join");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(begun)))
                .isEqualTo("rw-------");
        host = host.afterKill();
        host.managers.silent = false;
        LocalNode node = join(ONE);

        List<Join> joins = host.managers.joins;
        assertThat(joins).hasSize(2);
        assertThat(joins.get(1).request()).isEqualTo(joins.get(0).request());
        assertThat(joins.get(1).memberSuffix()).isEqualTo(joins.get(0).memberSuffix());
        assertThat(begun).doesNotExist();
        host = host.afterKill();
        assertThat(host.start().current().map(LocalNode::nodeId)).contains(node.nodeId());
    }

    @Test
    void anotherTokenBeginsAnotherNode() {
        host.managers.silent = true;
        refused(ErrorCode.PART_MISSING, "lost", () -> join(ONE));
        JoinToken forManagers = new JoinToken(host.managers.token().digest(), new Sensitive("m".repeat(25)));
        refused(ErrorCode.PART_MISSING, "lost", () -> host.start().join(forManagers, ONE, Addresses.CHOSEN));

        List<Join> joins = host.managers.joins;
        assertThat(joins.get(1).request()).isNotEqualTo(joins.get(0).request());
    }

    @Test
    void aSwarmThatWasInitialisedAfterAJoinThatFailedHasNothingOfIt() {
        host.managers.silent = true;
        SwarmIdentity identity = host.start();
        refused(ErrorCode.PART_MISSING, "lost", () -> identity.join(host.managers.token(), ONE, Addresses.CHOSEN));

        assertThat(identity.init(Addresses.CHOSEN).role()).isEqualTo(NodeRole.MANAGER);
        assertThat(host.directory.resolve("join")).doesNotExist();
    }

    @Test
    void aRootThatTheTokenDoesNotNameIsNotBelieved() {
        JoinToken old = host.managers.token();
        host.managers.root = host.managers.authority.found(Managers.SWARM, host.loop.now());
        host.managers.roots = List.of(host.managers.root.certificate());

        refused(ErrorCode.FORBIDDEN, "not the one that the token names", () -> host.start()
                .join(old, ONE, Addresses.CHOSEN));
        assertThat(host.start().current()).isEmpty();
    }

    @Test
    void aCertificateOfAnotherRootIsNotBelieved() {
        host.managers.root = host.managers.authority.found(Managers.SWARM, host.loop.now());
        JoinToken token = new JoinToken(
                host.managers.authority.digest(host.managers.roots.get(0)), new Sensitive(Managers.SECRET));

        refused(ErrorCode.FORBIDDEN, "does not lead to a root", () -> host.start()
                .join(token, ONE, Addresses.CHOSEN));
    }

    @Test
    void aHostMayJoinWhileTheRootIsRotated() {
        JoinToken old = host.managers.token();
        host.managers.rotate();

        assertThat(host.start().join(old, ONE, Addresses.CHOSEN).credentials().roots())
                .hasSize(2);
        host.start().leave();
        assertThat(join(ONE).credentials().chain()).hasSize(2);
    }

    @Test
    void aClockFarOffIsTold() {
        host.managers.lifetime = Duration.ofHours(1);
        SwarmIdentity identity = host.start();
        Host later = new Host(temporary.resolve("later"));
        later.loop.pass(Duration.ofHours(2));
        SwarmIdentity ahead = later.withoutTransport();
        ahead.setIntroduction(host.managers);

        refused(ErrorCode.FORBIDDEN, "set the clocks", () -> ahead.join(host.managers.token(), ONE, Addresses.CHOSEN));
        assertThat(identity.current()).isEmpty();
    }

    @Test
    void withoutATransportTheMissingPartIsNamed() {
        SwarmIdentity identity = host.withoutTransport();

        refused(
                ErrorCode.PART_MISSING,
                "bundle:start io.skep.transport",
                () -> identity.join(host.managers.token(), ONE, Addresses.CHOSEN));
        identity.setIntroduction(host.managers);
        identity.unsetIntroduction(host.managers);
        refused(
                ErrorCode.PART_MISSING,
                "the transport is not running",
                () -> identity.join(host.managers.token(), ONE, Addresses.CHOSEN));
    }

    @Test
    void addressesAreCheckedBeforeAnybodyIsAsked() {
        SwarmIdentity identity = host.start();

        refused(
                ErrorCode.INVALID_ARGUMENT,
                "not an address of this host",
                () -> identity.join(
                        host.managers.token(), ONE, new Addresses(Optional.of("192.0.2.99"), Optional.empty())));
        refused(
                ErrorCode.INVALID_ARGUMENT,
                "name a manager",
                () -> identity.join(host.managers.token(), List.of(), Addresses.CHOSEN));
        refused(
                ErrorCode.INVALID_ARGUMENT,
                "has no port",
                () -> identity.join(host.managers.token(), List.of("192.0.2.1:0"), Addresses.CHOSEN));
        assertThat(host.managers.asked).isEmpty();
    }

    private static SkepException failure(ErrorCode code, String message) {
        return new SkepException(code, message);
    }
}
