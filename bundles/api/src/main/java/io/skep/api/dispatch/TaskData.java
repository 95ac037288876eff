package io.skep.api.dispatch;

import io.skep.model.Sensitive;

/**
 * What a secret or a config holds, for nodes with tasks that read it.
 *
 * @param id of the secret or config
 * @param content in base 64
 */
public record TaskData(String id, Sensitive content) {}
