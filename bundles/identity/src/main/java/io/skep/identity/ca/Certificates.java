package io.skep.identity.ca;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The layout of Skep's certificates (RFC 5280). */
final class Certificates {
    /** How much earlier than now a certificate begins, so that clocks may differ. */
    static final Duration LEEWAY = Duration.ofHours(1);

    private static final int SERIAL_BITS = 127;

    private final SecureRandom random;

    Certificates(SecureRandom random) {
        this.random = random;
    }

    /**
     * Who signs.
     *
     * @param name the subject of its certificate
     * @param publicKey identifies it
     * @param key signs
     */
    record Issuer(X500Name name, SubjectPublicKeyInfo publicKey, PrivateKey key) {}

    /**
     * For whom.
     *
     * @param name the subject
     * @param publicKey its key
     */
    record Subject(X500Name name, SubjectPublicKeyInfo publicKey) {}

    /** A certificate that may sign others, down to {@code depth} further such ones between it and a node. */
    X509Certificate authority(Issuer issuer, Subject subject, int depth, Instant now, Instant until) {
        return sign(issuer, subject, now, until, builder -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(depth));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        });
    }

    /** A node's certificate, with which it asks and is asked. */
    X509Certificate node(Issuer issuer, Subject subject, Instant now, Instant until) {
        return sign(issuer, subject, now, until, builder -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
        });
    }

    private X509Certificate sign(Issuer issuer, Subject subject, Instant now, Instant until, Extensions extensions) {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuer.name(),
                new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                Date.from(now.minus(LEEWAY)),
                Date.from(until),
                subject.name(),
                subject.publicKey());
        try {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            extensions.addTo(builder);
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(subject.publicKey()));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    identifiers.createAuthorityKeyIdentifier(issuer.publicKey()));
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(NodeKey.SIGNATURE).build(issuer.key())));
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new SkepException(ErrorCode.FAILED, "a certificate cannot be made: " + e, e);
        }
    }

    private interface Extensions {
        void addTo(X509v3CertificateBuilder builder) throws CertIOException;
    }
}
