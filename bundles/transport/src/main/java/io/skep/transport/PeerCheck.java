package io.skep.transport;

import io.skep.model.SkepException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges the other side's certificate during the handshake of one connection, and keeps the judgement. A server that is not believed ends
 * the handshake. A client that is not believed does not: it gets to know the reason in words, and nothing else.
 */
final class PeerCheck extends X509ExtendedTrustManager {
    private final Function<List<X509Certificate>, Certified> rule;
    private volatile @Nullable Certified certified;
    private volatile @Nullable SkepException refusal;

    /**
     * @param rule throws a {@link SkepException} for a certificate that is not believed
     */
    PeerCheck(Function<List<X509Certificate>, Certified> rule) {
        this.rule = rule;
    }

    /** The other side's certificate, once the handshake is over; empty when it showed none or one that is refused. */
    Optional<Certified> certified() {
        return Optional.ofNullable(certified);
    }

    /** Why the other side's certificate is refused, once the handshake is over. */
    Optional<SkepException> refusal() {
        return Optional.ofNullable(refusal);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        try {
            certified = rule.apply(List.of(chain));
        } catch (SkepException e) {
            throw new CertificateException(e.getMessage(), e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine) {
        try {
            certified = rule.apply(List.of(chain));
        } catch (SkepException e) {
            refusal = e;
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
            throws CertificateException {
        throw new CertificateException("not through a socket");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
            throws CertificateException {
        throw new CertificateException("not through a socket");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("not without an engine");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("not without an engine");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
