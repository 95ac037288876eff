package io.skep.model.table;

/**
 * One step of a transaction. Conflicts are per row: each step names the version that the row had when its author looked.
 */
public sealed interface Change {
    /** Matches every version, and absence: the writer owns the row and needs no check. */
    long ANY = -1;

    /** Matches only absence. */
    long ABSENT = 0;

    /** Which table. */
    Table<?> table();

    /** Which row. */
    String id();

    /** The version that the row must have now, {@link #ABSENT} or {@link #ANY}. */
    long expected();

    /**
     * Writes a row.
     *
     * @param table where
     * @param row what
     * @param expected the version to be replaced
     */
    record Put<R extends Row>(Table<R> table, R row, long expected) implements Change {
        @Override
        public String id() {
            return row.id();
        }
    }

    /**
     * Deletes a row; deleting what is absent with {@link #ANY} is no conflict.
     *
     * @param table where
     * @param id which
     * @param expected the version to be deleted
     */
    record Remove(Table<?> table, String id, long expected) implements Change {}

    /**
     * Writes nothing, but the transaction holds only while this row is as it was read.
     *
     * @param table where
     * @param id which
     * @param expected the version that was read
     */
    record Check(Table<?> table, String id, long expected) implements Change {}
}
