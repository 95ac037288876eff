package io.skep.api.network;

import java.nio.file.Path;

/**
 * A network namespace that stands.
 *
 * @param id the task's id
 * @param namespace the path that a runtime joins
 */
public record Sandbox(String id, Path namespace) {}
