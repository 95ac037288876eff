package io.skep.transport;

import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * What a certificate says.
 *
 * @param nodeId of its holder, from CN
 * @param role from OU
 * @param swarmId from O
 * @param until when it ends
 * @param presented the certificates that its holder showed, its own first
 */
record Certified(String nodeId, NodeRole role, String swarmId, Instant until, List<X509Certificate> presented) {
    private static final int LONGEST_ID = 64;
    private static final Map<String, NodeRole> ROLES =
            Map.of("swarm-manager", NodeRole.MANAGER, "swarm-worker", NodeRole.WORKER);

    /**
     * Reads it; proves nothing.
     *
     * @throws SkepException {@code FORBIDDEN} when it names no node
     */
    static Certified read(List<X509Certificate> presented) {
        X509Certificate own = presented.get(0);
        Map<String, String> names = names(own);
        String nodeId = names.getOrDefault("CN", "");
        NodeRole role = ROLES.get(names.getOrDefault("OU", ""));
        if (nodeId.isEmpty() || nodeId.length() > LONGEST_ID || role == null || !names.containsKey("O")) {
            throw new SkepException(ErrorCode.FORBIDDEN, "the certificate shown names no node, role and swarm");
        }
        return new Certified(
                nodeId, role, names.getOrDefault("O", ""), own.getNotAfter().toInstant(), List.copyOf(presented));
    }

    /** The attributes of the subject; one that is there twice is as if it were not. */
    private static Map<String, String> names(X509Certificate certificate) {
        Map<String, String> names = new HashMap<>();
        try {
            String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
            for (Rdn name : new LdapName(subject).getRdns()) {
                boolean twice = name.size() > 1 || names.containsKey(name.getType());
                names.put(name.getType(), twice ? "" : String.valueOf(name.getValue()));
            }
        } catch (InvalidNameException e) {
            return Map.of();
        }
        return names;
    }
}
