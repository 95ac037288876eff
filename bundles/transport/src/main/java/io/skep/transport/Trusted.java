package io.skep.transport;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules by which a certificate is believed (RFC 5280); messages say what is wrong with "the certificate shown". */
final class Trusted {
    /** What a certificate must be made for. */
    enum Use {
        SERVER("1.3.6.1.5.5.7.3.1", "this host"),
        CLIENT("1.3.6.1.5.5.7.3.2", "the node asked");

        private final String extendedKeyUsage;
        private final String judge;

        Use(String extendedKeyUsage, String judge) {
            this.extendedKeyUsage = extendedKeyUsage;
            this.judge = judge;
        }
    }

    private static final int LONGEST_PATH = 3;

    private Trusted() {}

    /**
     * What the first certificate says, once it is clear that a root stands behind it.
     *
     * @param presented what the other side showed, in any order but for its own, which is first
     * @throws SkepException {@code FORBIDDEN} with the reason
     */
    static Certified check(List<X509Certificate> presented, Collection<X509Certificate> roots, Use use, Instant now) {
        X509Certificate own = presented.get(0);
        Certified certified = Certified.read(presented);
        checkTime(own, use, now);
        if (!leadsTo(presented, roots, now)) {
            throw refused("the certificate shown does not lead to a trusted root");
        }
        if (own.getBasicConstraints() >= 0 || !madeFor(own, use)) {
            throw refused(
                    "the certificate shown is not made for a TLS " + use.name().toLowerCase(Locale.ROOT));
        }
        return certified;
    }

    /** Both times are said, for it may be either clock that is wrong. */
    private static void checkTime(X509Certificate own, Use use, Instant now) {
        Instant from = own.getNotBefore().toInstant();
        Instant until = own.getNotAfter().toInstant();
        if (now.isBefore(from) || now.isAfter(until)) {
            throw refused("the certificate shown is valid from " + from + " until " + until + ", and by the clock of "
                    + use.judge + " it is " + now.truncatedTo(ChronoUnit.SECONDS));
        }
    }

    /** True when a chain of signatures goes from the first certificate to one of the roots. */
    static boolean leadsTo(List<X509Certificate> presented, Collection<X509Certificate> roots, Instant now) {
        Set<TrustAnchor> anchors = roots.stream()
                .filter(root -> !now.isAfter(root.getNotAfter().toInstant()))
                .map(root -> new TrustAnchor(root, null))
                .collect(Collectors.toSet());
        if (anchors.isEmpty()) {
            return false;
        }
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(presented.get(0));
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(presented)));
            parameters.setRevocationEnabled(false);
            parameters.setMaxPathLength(LONGEST_PATH);
            parameters.setDate(Date.from(now));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean madeFor(X509Certificate own, Use use) {
        try {
            List<String> uses = own.getExtendedKeyUsage();
            return uses != null && uses.contains(use.extendedKeyUsage) && signs(own.getKeyUsage());
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static boolean signs(boolean @Nullable [] keyUsage) {
        return keyUsage == null || keyUsage[0];
    }

    private static SkepException refused(String message) {
        return new SkepException(ErrorCode.FORBIDDEN, message);
    }
}
