package io.skep.model.table;

/** Builds a {@link Snapshot} from rows that were saved with their versions, in any order of tables that {@link Table#all} gives. */
public final class Restore {
    private final Editor editor = new Editor(Snapshot.empty());

    /** Puts a row back as it was. */
    public <R extends Row> void put(Table<R> table, Entry<R> entry) {
        table.column(editor).put(entry.row(), entry.version());
    }

    /** The restored state; the builder is not used afterwards. */
    public Snapshot finish(long version) {
        return editor.freeze(version);
    }
}
