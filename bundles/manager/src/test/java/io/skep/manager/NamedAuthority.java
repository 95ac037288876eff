package io.skep.manager;

import io.skep.api.identity.CertificateAuthority;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.RootAuthority;
import io.skep.model.Sensitive;
import io.skep.model.SkepException;
import java.time.Duration;
import java.time.Instant;

/** Certificates that are the sentences which real ones mean, for requests of the form {@code request KEY}. */
final class NamedAuthority implements CertificateAuthority {
    private int roots;

    @Override
    public RootAuthority found(String swarmId, Instant now) {
        roots++;
        return new RootAuthority("root " + roots + "\n", new Sensitive("key " + roots));
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
        return keyName(request) + " is " + role + " " + nodeId + " of " + swarmId + " for " + lifetime.toDays()
                + " days by " + root.certificate();
    }

    @Override
    public String crossSign(RootAuthority old, RootAuthority root, Instant now) {
        return root.certificate().strip() + " by " + old.certificate();
    }

    @Override
    public String digest(String certificate) {
        return certificate.strip().replace(' ', '-');
    }

    @Override
    public String keyName(String request) {
        if (!request.startsWith("request ")) {
            throw new SkepException(ErrorCode.INVALID_ARGUMENT, "the certificate request is malformed");
        }
        return request.substring("request ".length());
    }
}
