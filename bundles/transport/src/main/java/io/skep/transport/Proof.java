package io.skep.transport;

import io.skep.api.identity.Credentials;
import io.skep.model.NodeRole;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** With what this node proves itself in a handshake. It shows its roots too, so that a host that knows but a digest can check it. */
final class Proof extends X509ExtendedKeyManager {
    private static final String ALIAS = "node";

    private final Credentials credentials;
    private final Certified certified;
    private final X509Certificate[] shown;

    Proof(Credentials credentials) {
        this.credentials = credentials;
        this.certified = Certified.read(credentials.chain());
        Set<X509Certificate> all = new LinkedHashSet<>(credentials.chain());
        all.addAll(credentials.roots());
        this.shown = all.toArray(X509Certificate[]::new);
    }

    /** True when these credentials show the same; a new key has a new certificate. */
    boolean isOf(Credentials other) {
        return credentials.chain().equals(other.chain()) && credentials.roots().equals(other.roots());
    }

    /** What its own certificate says. */
    Certified certified() {
        return certified;
    }

    NodeRole role() {
        return certified.role();
    }

    List<X509Certificate> roots() {
        return credentials.roots();
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return shown.clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return credentials.key();
    }

    @Override
    public String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return ALIAS;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return ALIAS;
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return ALIAS;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return ALIAS;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }
}
