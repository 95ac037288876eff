package io.skep.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.identity.Credentials;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

final class TrustTest {
    private final Instant now = Instant.now();
    private final Instant before = now.minus(Duration.ofHours(1));
    private final Instant after = now.plus(Duration.ofHours(1));
    private final TestCa ca = new TestCa("swarm1");
    private final List<X509Certificate> roots = List.of(ca.root());

    private Certified check(List<X509Certificate> presented) {
        return Trusted.check(presented, roots, Trusted.Use.CLIENT, now);
    }

    private AbstractThrowableAssert<?, ?> refusal(List<X509Certificate> presented) {
        return assertThatThrownBy(() -> check(presented))
                .isInstanceOfSatisfying(
                        SkepException.class, known -> assertThat(known.code()).isEqualTo(ErrorCode.FORBIDDEN));
    }

    @Test
    void readsNodeRoleAndSwarm() {
        Certified certified = check(ca.issue("one", NodeRole.WORKER).chain());

        assertThat(certified.nodeId()).isEqualTo("one");
        assertThat(certified.role()).isEqualTo(NodeRole.WORKER);
        assertThat(certified.swarmId()).isEqualTo("swarm1");
    }

    @Test
    void saysBothTimesWhenAClockIsWrong() {
        refusal(ca.issue("one", NodeRole.WORKER, before.minusSeconds(100), before)
                        .chain())
                .hasMessageContaining("valid from ")
                .hasMessageContaining("until " + before.toString().substring(0, 16))
                .hasMessageContaining("it is " + now.toString().substring(0, 16));
        refusal(ca.issue("one", NodeRole.WORKER, after, after.plusSeconds(100)).chain())
                .hasMessageContaining("valid from " + after.toString().substring(0, 16));
    }

    @Test
    void believesNoOtherAuthority() {
        refusal(new TestCa("swarm1").issue("one", NodeRole.MANAGER).chain())
                .hasMessageContaining("does not lead to a trusted root");
    }

    @Test
    void believesNoNodeThatPlaysAuthority() {
        TestCa other = new TestCa("swarm1");
        Credentials forged = other.issue("one", NodeRole.MANAGER);
        X509Certificate worker = ca.issue("two", NodeRole.WORKER).chain().get(0);

        refusal(List.of(forged.chain().get(0), worker, ca.root())).hasMessageContaining("trusted root");
    }

    @Test
    void followsACrossSignedRoot() {
        TestCa next = new TestCa("swarm1");
        Credentials issued = next.issue("one", NodeRole.MANAGER);
        X509Certificate own = issued.chain().get(0);

        refusal(List.of(own, next.root())).hasMessageContaining("trusted root");
        assertThat(check(List.of(own, next.root(), ca.crossSign(next))).nodeId())
                .isEqualTo("one");
    }

    @Test
    void wantsACertificateThatIsMadeForIt() {
        Credentials forServers = ca.issue("one", NodeRole.MANAGER, before, after, KeyPurposeId.id_kp_serverAuth);
        Credentials forNothing = ca.issue("one", NodeRole.MANAGER, before, after, new KeyPurposeId[0]);

        refusal(forServers.chain()).hasMessageContaining("not made for a TLS client");
        refusal(forNothing.chain()).hasMessageContaining("not made for a TLS client");
        refusal(List.of(ca.root())).hasMessageContaining("names no node");
    }
}
