package io.skep.model.table;

import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/** One table's rows: immutable, sorted by id, structurally shared with the versions before. */
final class Rows<R extends Row> {
    private final TreePMap<String, Entry<R>> entries;

    private Rows(TreePMap<String, Entry<R>> entries) {
        this.entries = entries;
    }

    static <R extends Row> Rows<R> empty() {
        return new Rows<>(TreePMap.empty());
    }

    Collection<Entry<R>> entries() {
        return entries.values();
    }

    Optional<Entry<R>> entry(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    @Nullable
    R row(String id) {
        Entry<R> entry = entries.get(id);
        return entry == null ? null : entry.row();
    }

    long version(String id) {
        Entry<R> entry = entries.get(id);
        return entry == null ? Change.ABSENT : entry.version();
    }

    Rows<R> with(R row, long version) {
        return new Rows<>(entries.plus(row.id(), new Entry<>(row, version)));
    }

    Rows<R> without(String id) {
        return new Rows<>(entries.minus(id));
    }
}
