package io.skep.identity.ca;

import io.skep.model.ErrorCode;
import io.skep.model.Sensitive;
import io.skep.model.SkepException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A private key, and the request for a certificate of the public one.
 *
 * @param key PEM of PKCS #8
 * @param request PEM of PKCS #10
 */
public record NodeKey(Sensitive key, String request) {
    private static final String CURVE = "secp256r1";
    static final String SIGNATURE = "SHA256withECDSA";

    /** A new key. Milliseconds of work. */
    public static NodeKey make(SecureRandom random) {
        KeyPair pair = pair(random);
        try {
            byte[] request = new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=node"), pair.getPublic())
                    .build(new JcaContentSignerBuilder(SIGNATURE).build(pair.getPrivate()))
                    .getEncoded();
            return new NodeKey(new Sensitive(Pem.of(pair.getPrivate())), Pem.write(SigningRequest.TYPE, request));
        } catch (IOException | OperatorCreationException e) {
            throw new SkepException(ErrorCode.FAILED, "a request for a certificate cannot be made: " + e, e);
        }
    }

    /** True when this is the public key of the request. */
    public boolean names(PublicKey other) {
        try {
            return Arrays.equals(SigningRequest.key(request).getEncoded(), other.getEncoded());
        } catch (IOException e) {
            throw new SkepException(ErrorCode.FAILED, "a key cannot be encoded", e);
        }
    }

    static KeyPair pair(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new SkepException(ErrorCode.FAILED, "this Java makes no keys over P-256: " + e, e);
        }
    }
}
