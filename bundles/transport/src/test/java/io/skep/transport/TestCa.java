package io.skep.transport;

import io.skep.api.identity.Credentials;
import io.skep.model.JoinToken;
import io.skep.model.NodeRole;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for tests. */
final class TestCa {
    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final KeyPurposeId[] BOTH = {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth};

    private final String swarmId;
    private final KeyPair keys;
    private final X509Certificate root;

    TestCa(String swarmId) {
        this.swarmId = swarmId;
        this.keys = newKeys();
        this.root = authority(new X500Name("CN=swarm-ca,O=" + swarmId), keys);
    }

    X509Certificate root() {
        return root;
    }

    String digest() {
        try {
            return JoinToken.digestOf(root.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Good for an hour to both sides of now. */
    Credentials issue(String nodeId, NodeRole role) {
        Instant now = Instant.now();
        return issue(nodeId, role, now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)));
    }

    Credentials issue(String nodeId, NodeRole role, Instant from, Instant until) {
        return issue(nodeId, role, from, until, BOTH);
    }

    Credentials issue(String nodeId, NodeRole role, Instant from, Instant until, KeyPurposeId... uses) {
        String unit = role == NodeRole.MANAGER ? "swarm-manager" : "swarm-worker";
        KeyPair own = newKeys();
        X509Certificate certificate = sign(
                new X500Name("CN=" + nodeId + ",OU=" + unit + ",O=" + swarmId),
                own,
                from,
                until,
                new BasicConstraints(false),
                KeyUsage.digitalSignature,
                uses);
        return new Credentials(own.getPrivate(), List.of(certificate), List.of(root));
    }

    /** Another authority's root, signed by this one. */
    X509Certificate crossSign(TestCa other) {
        return authority(new X500Name("CN=swarm-ca,O=" + swarmId), other.keys);
    }

    private X509Certificate authority(X500Name subject, KeyPair subjectKeys) {
        Instant now = Instant.now();
        return sign(
                subject,
                subjectKeys,
                now.minus(Duration.ofDays(1)),
                now.plus(Duration.ofDays(1000)),
                new BasicConstraints(true),
                KeyUsage.keyCertSign);
    }

    private X509Certificate sign(
            X500Name subject,
            KeyPair subjectKeys,
            Instant from,
            Instant until,
            BasicConstraints constraints,
            int usage,
            KeyPurposeId... purposes) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=swarm-ca,O=" + swarmId),
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(from),
                    Date.from(until),
                    subject,
                    subjectKeys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, constraints);
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            if (purposes.length > 0) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
