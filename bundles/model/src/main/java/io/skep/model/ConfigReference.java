package io.skep.model;

/**
 * A config that a container reads (Docker Engine API, {@code ConfigReference}).
 *
 * @param file how it appears
 * @param configId which; a name is resolved when the service is created
 * @param configName its name, for people
 */
public record ConfigReference(FileTarget file, String configId, String configName) {}
