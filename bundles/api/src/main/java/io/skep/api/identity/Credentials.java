package io.skep.api.identity;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * With what a node proves itself, and whom it believes. Certificates name the node in CN, its role in OU
 * ({@code swarm-manager}, {@code swarm-worker}) and the swarm in O, as Docker Swarm's do.
 *
 * @param key the node's private key
 * @param chain the node's certificate first, then what leads to a root
 * @param roots the certificates trusted; shown to others too, so that a host with a token can find its root among them
 */
public record Credentials(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> roots) {
    public Credentials {
        chain = List.copyOf(chain);
        roots = List.copyOf(roots);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Credentials[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}
