package io.skep.model;

import io.skep.model.table.Row;
import java.time.Instant;

/**
 * A text or file that tasks read (Docker Engine API, {@code Config}).
 *
 * @param id object id
 * @param createdAt when it was created
 * @param updatedAt of the last change of its labels; the data never changes
 * @param spec name and labels
 * @param data the content in base 64, at most 1000 KiB before that
 */
public record Config(String id, Instant createdAt, Instant updatedAt, DataSpec spec, Sensitive data) implements Row {}
