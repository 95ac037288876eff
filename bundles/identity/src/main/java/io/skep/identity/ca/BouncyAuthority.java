package io.skep.identity.ca;

import io.skep.api.identity.CertificateAuthority;
import io.skep.identity.ca.Certificates.Issuer;
import io.skep.identity.ca.Certificates.Subject;
import io.skep.model.ErrorCode;
import io.skep.model.JoinToken;
import io.skep.model.NodeRole;
import io.skep.model.RootAuthority;
import io.skep.model.Sensitive;
import io.skep.model.SkepException;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Certificates by Bouncy Castle, over the keys and signatures of the JDK. */
@Component(service = CertificateAuthority.class)
public final class BouncyAuthority implements CertificateAuthority {
    private static final int ROOT_YEARS = 20;
    private static final int BASE = 36;
    private static final int MARK = 8;

    /** How many digits of base 36 an object's id has. */
    private static final int NAME = 25;

    private final SecureRandom random = new SecureRandom();
    private final Certificates certificates = new Certificates(random);

    @Activate
    public BouncyAuthority() {}

    @Override
    public RootAuthority found(String swarmId, Instant now) {
        KeyPair pair = NodeKey.pair(random);
        SubjectPublicKeyInfo key =
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
        X500Name name = CertificateName.root(swarmId, nameOf(key).substring(0, MARK));
        Instant until = now.atOffset(ZoneOffset.UTC).plusYears(ROOT_YEARS).toInstant();
        // One further authority below it: the next root, when that is signed by this one.
        X509Certificate certificate =
                certificates.authority(new Issuer(name, key, pair.getPrivate()), new Subject(name, key), 1, now, until);
        return new RootAuthority(Pem.of(certificate), new Sensitive(Pem.of(pair.getPrivate())));
    }

    @Override
    public String issue(
            RootAuthority root,
            String request,
            String nodeId,
            NodeRole role,
            String swarmId,
            Instant now,
            Duration lifetime) {
        if (lifetime.compareTo(Certificates.LEEWAY) < 0) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT, "certificates are valid for an hour at least, not for " + lifetime);
        }
        Subject subject =
                new Subject(new CertificateName(nodeId, role, swarmId).distinguished(), SigningRequest.key(request));
        return Pem.of(certificates.node(issuer(root), subject, now, now.plus(lifetime)));
    }

    @Override
    public String crossSign(RootAuthority old, RootAuthority root, Instant now) {
        Instant until = read(old).getNotAfter().toInstant();
        return Pem.of(certificates.authority(issuer(old), subject(read(root)), 0, now, until));
    }

    @Override
    public String digest(String certificate) {
        try {
            return JoinToken.digestOf(Pem.certificate(certificate).getEncoded());
        } catch (CertificateEncodingException e) {
            throw new SkepException(ErrorCode.FAILED, "a certificate cannot be encoded: " + e.getMessage(), e);
        }
    }

    @Override
    public String keyName(String request) {
        return nameOf(SigningRequest.key(request));
    }

    private static String nameOf(SubjectPublicKeyInfo key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            BigInteger number =
                    new BigInteger(1, hash).mod(BigInteger.valueOf(BASE).pow(NAME));
            String digits = number.toString(BASE);
            return "0".repeat(NAME - digits.length()) + digits;
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new SkepException(ErrorCode.FAILED, "a key cannot be named: " + e.getMessage(), e);
        }
    }

    private static Issuer issuer(RootAuthority root) {
        Subject subject = subject(read(root));
        return new Issuer(
                subject.name(), subject.publicKey(), Pem.key(root.key().value()));
    }

    private static Subject subject(X509Certificate certificate) {
        try {
            JcaX509CertificateHolder holder = new JcaX509CertificateHolder(certificate);
            return new Subject(holder.getSubject(), holder.getSubjectPublicKeyInfo());
        } catch (CertificateEncodingException e) {
            throw new SkepException(ErrorCode.CORRUPT, "a root certificate cannot be read: " + e.getMessage(), e);
        }
    }

    private static X509Certificate read(RootAuthority root) {
        return Pem.certificate(root.certificate());
    }
}
