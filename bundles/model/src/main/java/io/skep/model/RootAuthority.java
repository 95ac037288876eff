package io.skep.model;

/**
 * The certificate that every node of a swarm trusts, with the key that signs for it.
 *
 * @param certificate PEM, self-signed
 * @param key PEM of PKCS #8
 */
public record RootAuthority(String certificate, Sensitive key) {}
