package io.skep.model.table;

import org.jspecify.annotations.Nullable;

/** One table while an {@link Editor} changes it: tells the indexes of every row that comes, changes or goes. */
final class Column<R extends Row> {
    /** Learns that a row was replaced; either side may be absent. */
    interface Listener<R> {
        void replaced(@Nullable R before, @Nullable R after);
    }

    private Rows<R> rows;
    private final Listener<R> listener;

    Column(Rows<R> rows, Listener<R> listener) {
        this.rows = rows;
        this.listener = listener;
    }

    Rows<R> rows() {
        return rows;
    }

    void put(R row, long version) {
        R before = rows.row(row.id());
        rows = rows.with(row, version);
        listener.replaced(before, row);
    }

    void remove(String id) {
        R before = rows.row(id);
        if (before != null) {
            rows = rows.without(id);
            listener.replaced(before, null);
        }
    }
}
