package io.skep.contracts.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.skep.api.identity.Credentials;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Credentials for tests that need some and prove nothing with them: a certificate that signed itself, and a key that is not its own. */
public final class SampleCredentials {
    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBxTCCAWugAwIBAgIURXJS1RQVSGUD8TO8op2+ThWGeDowCgYIKoZIzj0EAwIw
            NzEOMAwGA1UECgwFc3dhcm0xFjAUBgNVBAsMDXN3YXJtLW1hbmFnZXIxDTALBgNV
            BAMMBG5vZGUwIBcNMjYxMTI1MjMxMDI4WhgPMjEyNjExMDEyMzEwMjhaMDcxDjAM
            BgNVBAoMBXN3YXJtMRYwFAYDVQQLDA1zd2FybS1tYW5hZ2VyMQ0wCwYDVQQDDARu
            b2RlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEe4OAOuxKu3RvEnBF0/Vp7W+b
            TwRjvcnuaOFyTq2PQgI5MiRTUJZ93pefAMFgZApRE7MFqRodca5ubx8Y5G+HaKNT
            MFEwHQYDVR0OBBYEFE4JEyA5QyxdjxPAwrzvLrkAc1XgMB8GA1UdIwQYMBaAFE4J
            EyA5QyxdjxPAwrzvLrkAc1XgMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwID
            SAAwRQIhANL0qqEcjDVjakVJdXl4Vitfhvzg20BOWolY8VSRyezRAiAThrcJoMLI
            9jqQzwAXg+FqrCAQ9JTWmq0wOwLs2KF4Cw==
            -----END CERTIFICATE-----
            """;

    private SampleCredentials() {}

    /** A chain of one certificate, which is also the root. */
    public static Credentials selfSigned() {
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(CERTIFICATE.getBytes(US_ASCII)));
            KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
            return new Credentials(keys.generateKeyPair().getPrivate(), List.of(certificate), List.of(certificate));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has X.509 and elliptic curves", e);
        }
    }
}
