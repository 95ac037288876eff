package io.skep.identity.ca;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/** A request for a certificate that somebody sent, who may be anybody. Only its key is taken from it. */
final class SigningRequest {
    static final String TYPE = "CERTIFICATE REQUEST";

    /** A request over P-521 with a long name has about 1 KB. */
    private static final int LONGEST = 16 << 10;

    /** P-256, P-384 and P-521. */
    private static final Set<ASN1ObjectIdentifier> CURVES =
            Set.of(X9ObjectIdentifiers.prime256v1, SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);

    private SigningRequest() {}

    /**
     * The key that a request asks a certificate for, once it is proved that who asks has the private one.
     *
     * @param text PEM
     * @throws SkepException {@code INVALID_ARGUMENT} for anything else
     */
    static SubjectPublicKeyInfo key(String text) {
        try {
            return checked(parse(text));
        } catch (SkepException e) {
            throw e;
        } catch (RuntimeException e) {
            // Bouncy Castle's parsers answer some malformed structures with exceptions of no common type.
            throw refused("is malformed", e);
        }
    }

    private static PKCS10CertificationRequest parse(String text) {
        if (text.length() > LONGEST) {
            throw refused("is longer than " + LONGEST + " characters", null);
        }
        try {
            return new PKCS10CertificationRequest(Pem.body(TYPE, text));
        } catch (IOException e) {
            throw refused("is malformed", e);
        }
    }

    private static SubjectPublicKeyInfo checked(PKCS10CertificationRequest request) {
        SubjectPublicKeyInfo key = request.getSubjectPublicKeyInfo();
        if (!strong(key.getAlgorithm())) {
            throw refused("has a key that is none over P-256 or stronger (P-384, P-521)", null);
        }
        try {
            if (request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(publicKey(key)))) {
                return key;
            }
        } catch (PKCSException | OperatorCreationException | GeneralSecurityException e) {
            throw refused("is signed in a way that cannot be checked", e);
        }
        throw refused("is not signed with the key that it names", null);
    }

    private static PublicKey publicKey(SubjectPublicKeyInfo key) throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(key.getEncoded()));
        } catch (IOException e) {
            throw refused("is malformed", e);
        }
    }

    private static boolean strong(AlgorithmIdentifier algorithm) {
        ASN1Encodable curve = algorithm.getParameters();
        return algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                && curve instanceof ASN1ObjectIdentifier named
                && CURVES.contains(named);
    }

    private static SkepException refused(String why, @Nullable Exception cause) {
        return new SkepException(ErrorCode.INVALID_ARGUMENT, "the request for a certificate " + why, cause);
    }
}
