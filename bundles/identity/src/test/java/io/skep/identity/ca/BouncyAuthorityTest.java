package io.skep.identity.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.model.ErrorCode;
import io.skep.model.JoinToken;
import io.skep.model.NodeRole;
import io.skep.model.RootAuthority;
import io.skep.model.SkepException;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BouncyAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LIFETIME = Duration.ofDays(90);
    private static final String SWARM = "swarm0000000000000000000s";
    private static final String NODE = "node00000000000000000000n";

    private final BouncyAuthority authority = new BouncyAuthority();
    private final NodeKey key = NodeKey.make(new SecureRandom());
    private final RootAuthority root = authority.found(SWARM, NOW);

    private X509Certificate issued(RootAuthority by, NodeRole role) {
        return Pem.certificate(authority.issue(by, key.request(), NODE, role, SWARM, NOW, LIFETIME));
    }

    private static X509Certificate certificate(RootAuthority of) {
        return Pem.certificate(of.certificate());
    }

    @Test
    void aRootSignsItselfForTwentyYears() {
        X509Certificate certificate = certificate(root);

        assertThat(Belief.signed(certificate, certificate)).isTrue();
        assertThat(certificate.getNotBefore()).isEqualTo(NOW.minus(HOUR));
        assertThat(certificate.getNotAfter()).isEqualTo("2046-11-25T12:00:00Z");
        assertThat(certificate.getBasicConstraints())
                .as("one authority below it")
                .isEqualTo(1);
        assertThat(certificate.getKeyUsage()).containsExactly(usage(5, 6));
        assertThat(certificate.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
        assertThat(certificate.getSubjectX500Principal().getName()).matches("CN=swarm-ca-[0-9a-z]{8},O=" + SWARM);
        assertThat(((ECPublicKey) certificate.getPublicKey()).getParams().toString())
                .contains("secp256r1");
        assertThat(Pem.key(root.key().value()).getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void aNodesCertificateNamesNodeRoleAndSwarmAndIsForBothEndsOfAConnection() throws CertificateParsingException {
        X509Certificate certificate = issued(root, NodeRole.WORKER);

        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getSubjectX500Principal().getName())
                .isEqualTo("CN=" + NODE + ",OU=swarm-worker,O=" + SWARM);
        assertThat(CertificateName.of(certificate)).isEqualTo(new CertificateName(NODE, NodeRole.WORKER, SWARM));
        assertThat(CertificateName.of(issued(root, NodeRole.MANAGER)).role()).isEqualTo(NodeRole.MANAGER);
        assertThat(certificate.getBasicConstraints()).as("signs no other").isEqualTo(-1);
        assertThat(certificate.getKeyUsage()).containsExactly(usage(0));
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getNotBefore()).isEqualTo(NOW.minus(HOUR));
        assertThat(certificate.getNotAfter()).isEqualTo(NOW.plus(LIFETIME));
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(key.names(certificate.getPublicKey())).isTrue();
    }

    /** Bits of RFC 5280's KeyUsage. */
    private static boolean[] usage(int... bits) {
        boolean[] usage = new boolean[9];
        for (int bit : bits) {
            usage[bit] = true;
        }
        return usage;
    }

    @Test
    void serialNumbersAreRandomAndPositive() {
        X509Certificate one = issued(root, NodeRole.WORKER);
        X509Certificate two = issued(root, NodeRole.WORKER);

        assertThat(one.getSerialNumber()).isPositive().isNotEqualTo(two.getSerialNumber());
        assertThat(one.getSerialNumber().bitLength() + two.getSerialNumber().bitLength())
                .isGreaterThan(200);
    }

    @Test
    void aCertificateIsBelievedByItsRootsSwarmInItsTimeOnly() {
        X509Certificate node = issued(root, NodeRole.WORKER);
        RootAuthority stranger = authority.found(SWARM, NOW);

        assertThatCode(() -> Belief.check(List.of(node), List.of(certificate(root)), NOW))
                .doesNotThrowAnyException();
        refused("does not lead to a root", () -> Belief.check(List.of(node), List.of(certificate(stranger)), NOW));
        refused("does not lead to a root", () -> Belief.check(List.of(node), List.of(), NOW));
        refused(
                "valid from",
                () -> Belief.check(List.of(node), List.of(certificate(root)), NOW.minus(HOUR.plusSeconds(1))));
        refused(
                "set the clocks",
                () -> Belief.check(List.of(node), List.of(certificate(root)), NOW.plus(LIFETIME.plusSeconds(1))));
    }

    @Test
    void aNodeSignsForNobody() {
        X509Certificate node = issued(root, NodeRole.MANAGER);
        RootAuthority usurper = new RootAuthority(Pem.of(node), key.key());
        X509Certificate forged = issued(usurper, NodeRole.MANAGER);

        assertThat(Belief.signed(forged, node)).isTrue();
        refused("does not lead to a root", () -> Belief.check(List.of(forged, node), List.of(certificate(root)), NOW));
    }

    @Test
    void theNewRootIsBelievedThroughTheOld() {
        RootAuthority next = authority.found(SWARM, NOW.plus(LIFETIME));
        X509Certificate cross = Pem.certificate(authority.crossSign(root, next, NOW));
        X509Certificate node = issued(next, NodeRole.WORKER);

        assertThat(cross.getNotAfter()).isEqualTo(certificate(root).getNotAfter());
        assertThat(cross.getPublicKey()).isEqualTo(certificate(next).getPublicKey());
        assertThat(cross.getBasicConstraints()).as("no authority below it").isZero();
        List<X509Certificate> chain = List.of(node, cross);
        assertThatCode(() -> Belief.check(chain, List.of(certificate(root)), NOW))
                .doesNotThrowAnyException();
        assertThatCode(() -> Belief.check(chain, List.of(certificate(next)), NOW.plus(LIFETIME)))
                .as("who knows the new root needs no detour")
                .doesNotThrowAnyException();
        refused("does not lead", () -> Belief.check(List.of(node), List.of(certificate(root)), NOW));
        assertThat(Belief.signed(node, certificate(next))).isTrue();
        assertThat(Belief.signed(node, certificate(root))).isFalse();
    }

    @Test
    void anHourIsTheShortestLife() {
        assertThatThrownBy(() ->
                        authority.issue(root, key.request(), NODE, NodeRole.WORKER, SWARM, NOW, HOUR.minusSeconds(1)))
                .isInstanceOfSatisfying(
                        SkepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
        assertThat(Pem.certificate(authority.issue(root, key.request(), NODE, NodeRole.WORKER, SWARM, NOW, HOUR))
                        .getNotAfter())
                .isEqualTo(NOW.plus(HOUR));
    }

    @Test
    void theDigestIsTheTokens() throws CertificateEncodingException {
        assertThat(authority.digest(root.certificate()))
                .matches("[0-9a-z]{50}")
                .isEqualTo(JoinToken.digestOf(certificate(root).getEncoded()));
    }

    @Test
    void aKeyHasOneName() {
        assertThat(authority.keyName(key.request()))
                .matches("[0-9a-z]{25}")
                .isEqualTo(authority.keyName(key.request()))
                .isNotEqualTo(authority.keyName(NodeKey.make(new SecureRandom()).request()));
    }

    private static void refused(String why, ThrowingCallable check) {
        assertThatThrownBy(check)
                .isInstanceOfSatisfying(
                        SkepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN))
                .hasMessageContaining(why);
    }
}
