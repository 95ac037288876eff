package io.skep.api.runtime;

import java.time.Instant;

/**
 * How a container ended.
 *
 * @param code 0–255; 128 + n after signal n
 * @param outOfMemory the kernel killed it for its memory limit
 * @param at when
 */
public record Exit(int code, boolean outOfMemory, Instant at) {}
