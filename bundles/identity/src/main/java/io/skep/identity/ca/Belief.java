package io.skep.identity.ca;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether a certificate leads to a root, by the rules of RFC 5280, section 6, as the JDK carries them out. */
public final class Belief {
    private Belief() {}

    /**
     * Passes when a way leads from the first certificate of a chain, perhaps over further ones of it, to one of the roots.
     *
     * @throws SkepException {@code FORBIDDEN} when there is none at this time
     */
    public static void check(List<X509Certificate> chain, Collection<X509Certificate> roots, Instant now) {
        X509Certificate first = chain.get(0);
        Date date = Date.from(now);
        try {
            first.checkValidity(date);
            build(first, chain, roots, date);
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            throw new SkepException(
                    ErrorCode.FORBIDDEN,
                    "the certificate is valid from " + first.getNotBefore().toInstant() + " to "
                            + first.getNotAfter().toInstant() + ", and this host's clock says " + now
                            + "; set the clocks",
                    e);
        } catch (CertPathBuilderException | InvalidAlgorithmParameterException e) { // the latter for no roots at all
            throw new SkepException(
                    ErrorCode.FORBIDDEN,
                    "the certificate of '" + first.getSubjectX500Principal()
                            + "' does not lead to a root of this swarm",
                    e);
        } catch (GeneralSecurityException e) {
            throw new SkepException(ErrorCode.FAILED, "this Java cannot check certificates: " + e, e);
        }
    }

    /** True when the certificate was signed by this very root. */
    public static boolean signed(X509Certificate certificate, X509Certificate root) {
        if (!certificate.getIssuerX500Principal().equals(root.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(root.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static void build(
            X509Certificate first, List<X509Certificate> chain, Collection<X509Certificate> roots, Date date)
            throws GeneralSecurityException {
        Set<TrustAnchor> anchors = new HashSet<>();
        roots.forEach(root -> anchors.add(new TrustAnchor(root, null)));
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(first);
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
        parameters.setDate(date);
        parameters.setRevocationEnabled(false);
        CertPathBuilder.getInstance("PKIX").build(parameters);
    }
}
