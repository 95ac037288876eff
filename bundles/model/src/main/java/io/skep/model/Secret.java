package io.skep.model;

import io.skep.model.table.Row;
import java.time.Instant;

/**
 * A text or file that only the tasks that name it may read (Docker Engine API, {@code Secret}).
 *
 * @param id object id
 * @param createdAt when it was created
 * @param updatedAt of the last change of its labels; the data never changes
 * @param spec name and labels
 * @param data the content in base 64, at most 500 KiB before that
 */
public record Secret(String id, Instant createdAt, Instant updatedAt, DataSpec spec, Sensitive data) implements Row {}
