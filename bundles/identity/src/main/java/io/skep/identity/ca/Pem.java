package io.skep.identity.ca;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;

/** Certificates and keys as text (RFC 7468). Errors never repeat the text. */
public final class Pem {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String KEY = "PRIVATE KEY";

    private Pem() {}

    /** The text of a certificate. */
    public static String of(X509Certificate certificate) {
        try {
            return write(CERTIFICATE, certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new SkepException(ErrorCode.FAILED, "a certificate cannot be written: " + e.getMessage(), e);
        }
    }

    /** The text of a private key, PKCS #8. */
    public static String of(PrivateKey key) {
        return write(KEY, key.getEncoded());
    }

    /**
     * The certificates of a text, in its order.
     *
     * @throws SkepException {@code INVALID_ARGUMENT} when there is none or one is malformed
     */
    public static List<X509Certificate> certificates(String text) {
        try {
            Collection<? extends Certificate> read = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(US_ASCII)));
            List<X509Certificate> certificates = new ArrayList<>();
            read.forEach(one -> certificates.add((X509Certificate) one));
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (CertificateException e) {
            throw malformed("certificate", e);
        }
        throw malformed("certificate", null);
    }

    /** The first certificate of a text; throws as {@link #certificates}. */
    public static X509Certificate certificate(String text) {
        return certificates(text).get(0);
    }

    /**
     * The private key of a text.
     *
     * @throws SkepException {@code INVALID_ARGUMENT} when it is none over an elliptic curve
     */
    public static PrivateKey key(String text) {
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(body(KEY, text)));
        } catch (GeneralSecurityException e) {
            throw malformed("private key", e);
        }
    }

    static String write(String type, byte[] body) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, body));
        } catch (IOException e) {
            throw new SkepException(ErrorCode.FAILED, "cannot write to memory", e);
        }
        return text.toString();
    }

    /** The bytes of the first object in a text, which must be of this type. */
    static byte[] body(String type, String text) {
        try (PemReader reader = new PemReader(new StringReader(text))) {
            PemObject object = reader.readPemObject();
            if (object != null && object.getType().equals(type)) {
                return object.getContent();
            }
        } catch (IOException | RuntimeException e) {
            throw malformed(type, e);
        }
        throw malformed(type, null);
    }

    private static SkepException malformed(String what, @Nullable Exception cause) {
        return new SkepException(
                ErrorCode.INVALID_ARGUMENT, "this is not a " + what.toLowerCase(Locale.ROOT) + " in PEM", cause);
    }
}
