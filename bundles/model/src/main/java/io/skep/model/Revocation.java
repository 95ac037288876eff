package io.skep.model;

import java.time.Instant;

/**
 * A node whose certificates count no more.
 *
 * @param nodeId never used again
 * @param until when the last of its certificates ends, after which nobody need remember
 */
public record Revocation(String nodeId, Instant until) {}
