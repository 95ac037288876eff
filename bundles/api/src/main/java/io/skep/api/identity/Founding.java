package io.skep.api.identity;

import io.skep.model.Trust;

/**
 * What a new swarm begins with.
 *
 * @param trust root, secrets and keys
 */
public record Founding(Trust trust) {}
