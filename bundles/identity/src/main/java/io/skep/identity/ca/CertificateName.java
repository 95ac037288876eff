package io.skep.identity.ca;

import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;

/**
 * Whom a node's certificate names: CN the node, OU the role, O the swarm, as Docker Swarm's do.
 *
 * @param nodeId the node
 * @param role what it may do
 * @param swarmId of which swarm
 */
public record CertificateName(String nodeId, NodeRole role, String swarmId) {
    private static final String ROLE = "swarm-";

    /**
     * The name in a certificate.
     *
     * @throws SkepException {@code INVALID_ARGUMENT} when the certificate is no node's
     */
    public static CertificateName of(X509Certificate certificate) {
        X500Name name = name(certificate);
        String unit = part(name, BCStyle.OU);
        for (NodeRole role : NodeRole.values()) {
            if (unit.equals(unit(role))) {
                return new CertificateName(part(name, BCStyle.CN), role, part(name, BCStyle.O));
            }
        }
        throw new SkepException(ErrorCode.INVALID_ARGUMENT, "the certificate of '" + name + "' is not a node's");
    }

    X500Name distinguished() {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, swarmId)
                .addRDN(BCStyle.OU, unit(role))
                .addRDN(BCStyle.CN, nodeId)
                .build();
    }

    /** The name of a root. Each has another, so that it is never in doubt which one a certificate names as its issuer. */
    static X500Name root(String swarmId, String mark) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, swarmId)
                .addRDN(BCStyle.CN, "swarm-ca-" + mark)
                .build();
    }

    private static String unit(NodeRole role) {
        return ROLE + role.name().toLowerCase(Locale.ROOT);
    }

    private static X500Name name(X509Certificate certificate) {
        try {
            return new JcaX509CertificateHolder(certificate).getSubject();
        } catch (CertificateEncodingException e) {
            throw new SkepException(ErrorCode.INVALID_ARGUMENT, "a certificate cannot be read: " + e.getMessage(), e);
        }
    }

    private static String part(X500Name name, ASN1ObjectIdentifier attribute) {
        RDN[] found = name.getRDNs(attribute);
        return found.length == 1 ? IETFUtils.valueToString(found[0].getFirst().getValue()) : "";
    }
}
