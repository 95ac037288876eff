package io.skep.api.identity;

import io.skep.model.NodeRole;
import io.skep.model.RootAuthority;
import java.time.Duration;
import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes certificates (X.509, RFC 5280; requests PKCS #10, RFC 2986; ECDSA over P-256). Keeps nothing. Thread-safe; takes
 * milliseconds, so not for the loop.
 */
@ProviderType
public interface CertificateAuthority {
    /** A new root, valid for 20 years. */
    RootAuthority found(String swarmId, Instant now);

    /**
     * A certificate for the key of a request, whose own wishes are not heeded. Valid from an hour before {@code now}, so that clocks may differ.
     *
     * @param request PEM
     * @param lifetime from {@code now} on; at least an hour
     * @return PEM of the certificate alone
     * @throws io.skep.model.SkepException {@code INVALID_ARGUMENT} when the request is malformed, its signature wrong, or its key weaker
     *     than P-256
     */
    String issue(
            RootAuthority root,
            String request,
            String nodeId,
            NodeRole role,
            String swarmId,
            Instant now,
            Duration lifetime);

    /** The new root's certificate signed by the old one: PEM, valid as long as the old one. */
    String crossSign(RootAuthority old, RootAuthority root, Instant now);

    /** The digest that join tokens carry, see {@link io.skep.model.JoinToken#digestOf}. */
    String digest(String certificate);

    /** A name for the key of a request, the same for the same key: {@code [0-9a-z]{25}}. Throws as {@link #issue}. */
    String keyName(String request);
}
