package io.skep.api.orchestration;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * What a pure decision may not fetch for itself.
 *
 * @param now the leader's time
 * @param ids makes new object ids
 */
public record Context(Instant now, Supplier<String> ids) {}
