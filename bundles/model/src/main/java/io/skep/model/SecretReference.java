package io.skep.model;

/**
 * A secret that a container reads (Docker Engine API, {@code SecretReference}).
 *
 * @param file how it appears
 * @param secretId which; a name is resolved when the service is created
 * @param secretName its name, for people
 */
public record SecretReference(FileTarget file, String secretId, String secretName) {}
