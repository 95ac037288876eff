package io.skep.identity;

import io.skep.api.identity.Enrolment.Issued;
import io.skep.identity.ca.Belief;
import io.skep.identity.ca.CertificateName;
import io.skep.identity.ca.NodeKey;
import io.skep.identity.ca.Pem;
import io.skep.model.ErrorCode;
import io.skep.model.JoinToken;
import io.skep.model.NodeRole;
import io.skep.model.Sensitive;
import io.skep.model.SkepException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What must be true of a manager's answer before a node builds on it. Pure. */
final class IssuedCheck {
    private static final int LOG_KEY_BYTES = 32;

    private IssuedCheck() {}

    /** Passes when the answer makes the holder of the key a node of the swarm that the token names. */
    static void join(Issued issued, NodeKey key, JoinToken token, Instant now) {
        List<X509Certificate> named = issued.facts().roots().stream()
                .map(Pem::certificate)
                .filter(root -> digest(root).equals(token.digest()))
                .toList();
        if (named.isEmpty()) {
            throw refused(
                    "its root certificate is not the one that the token names; get a new token with swarm:join-token");
        }
        if (issued.facts().managers().isEmpty()) {
            throw refused("it names no manager");
        }
        check(issued, key, named, now);
    }

    /** Passes when the answer renews this node's certificate. */
    static void renewal(Issued issued, NodeKey key, SwarmNode node, Instant now) {
        if (!issued.nodeId().equals(node.nodeId()) || !issued.swarmId().equals(node.swarmId())) {
            throw refused("it is for node " + issued.nodeId() + " of swarm " + issued.swarmId());
        }
        check(issued, key, node.credentials().roots(), now);
    }

    private static void check(Issued issued, NodeKey key, List<X509Certificate> roots, Instant now) {
        List<X509Certificate> chain = Pem.certificates(issued.certificate());
        X509Certificate certificate = chain.get(0);
        if (!key.names(certificate.getPublicKey())) {
            throw refused("the certificate is not for the key that was sent");
        }
        CertificateName name = CertificateName.of(certificate);
        if (!name.equals(new CertificateName(issued.nodeId(), issued.role(), issued.swarmId()))) {
            throw refused("the certificate says " + name + " and the answer something else");
        }
        Belief.check(chain, roots, now);
        if (issued.role() == NodeRole.MANAGER && !usable(issued.logKey())) {
            throw refused("a manager needs the key of the log, and it is missing");
        }
    }

    private static boolean usable(Optional<Sensitive> logKey) {
        try {
            return logKey.map(key -> Base64.getDecoder().decode(key.value()).length)
                    .equals(Optional.of(LOG_KEY_BYTES));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String digest(X509Certificate certificate) {
        try {
            return JoinToken.digestOf(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new SkepException(ErrorCode.FAILED, "a certificate cannot be encoded: " + e.getMessage(), e);
        }
    }

    private static SkepException refused(String why) {
        return new SkepException(ErrorCode.FORBIDDEN, "the manager's answer is refused: " + why);
    }
}
