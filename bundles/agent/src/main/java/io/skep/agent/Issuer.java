package io.skep.agent;

import io.skep.api.identity.Credentials;
import io.skep.model.JoinToken;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

/** From which of the trusted roots a node's certificate comes: what tells the managers that a rotation of the root has reached it. */
final class Issuer {
    private Issuer() {}

    /** The root's digest; empty when none of them signed. */
    static String of(Credentials credentials) {
        X509Certificate own = credentials.chain().get(0);
        return credentials.roots().stream()
                .filter(root -> signed(own, root))
                .map(Issuer::digest)
                .findFirst()
                .orElse("");
    }

    private static boolean signed(X509Certificate own, X509Certificate root) {
        try {
            own.verify(root.getPublicKey());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    private static String digest(X509Certificate root) {
        try {
            return JoinToken.digestOf(root.getEncoded());
        } catch (GeneralSecurityException unreadable) {
            return "";
        }
    }
}
