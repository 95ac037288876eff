package io.skep.model.table;

/**
 * A row with the version at which it was last written.
 *
 * @param row the row
 * @param version of the {@link Snapshot} in which it was written; at least 1
 */
public record Entry<R extends Row>(R row, long version) {}
