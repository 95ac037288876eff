package io.skep.transport;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Makes the TLS engine of one connection: TLS 1.3 alone, and no session is taken up again, so that each handshake judges anew. */
final class Engines {
    /** Other versions of the wire will have other names; sides that share none end the handshake (ALPN). */
    static final String PROTOCOL = "skep/1";

    private static final String[] VERSIONS = {"TLSv1.3"};
    private static final String[] CIPHERS = {
        "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"
    };

    private Engines() {}

    /**
     * For the side that opens a connection.
     *
     * @param proof null for a host without a certificate
     */
    static SSLEngine client(@Nullable Proof proof, PeerCheck check) {
        SSLEngine engine = engine(proof, check);
        engine.setUseClientMode(true);
        return engine;
    }

    /** For the side that listens; the other may come without a certificate. */
    static SSLEngine server(Proof proof, PeerCheck check) {
        SSLEngine engine = engine(proof, check);
        engine.setUseClientMode(false);
        engine.setWantClientAuth(true);
        return engine;
    }

    private static SSLEngine engine(@Nullable Proof proof, PeerCheck check) {
        try {
            SSLContext context = SSLContext.getInstance(VERSIONS[0]);
            context.init(
                    proof == null ? new KeyManager[0] : new KeyManager[] {proof}, new TrustManager[] {check}, null);
            SSLEngine engine = context.createSSLEngine();
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setProtocols(VERSIONS);
            parameters.setCipherSuites(CIPHERS);
            parameters.setUseCipherSuitesOrder(true);
            parameters.setApplicationProtocols(new String[] {PROTOCOL});
            engine.setSSLParameters(parameters);
            return engine;
        } catch (GeneralSecurityException e) {
            throw new SkepException(ErrorCode.FAILED, "this Java has no TLS 1.3", e);
        }
    }
}
