package io.skep.shell.data;

import io.skep.model.DataSpec;
import io.skep.shell.Columns;
import io.skep.shell.Filters;
import io.skep.shell.ListCommand;
import io.skep.shell.Texts;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** Lists what has a {@link DataSpec}. Ids are shown in full, as docker does. */
abstract class DataLs<T> extends ListCommand<T> {
    /** Name and labels. */
    protected abstract DataSpec spec(T object);

    /** When it was made. */
    protected abstract Instant createdAt(T object);

    /** When its labels were changed last. */
    protected abstract Instant updatedAt(T object);

    final List<T> sorted(Collection<T> objects) {
        return objects.stream()
                .sorted(Comparator.comparing(object -> spec(object).name()))
                .toList();
    }

    @Override
    public final Map<String, BiPredicate<T, String>> keys() {
        return Map.of(
                "id", (object, value) -> id(object).startsWith(value),
                "name", (object, value) -> spec(object).name().contains(value),
                "label", (object, value) -> Filters.label(spec(object).labels(), value));
    }

    @Override
    protected final Columns table(List<T> objects) {
        Columns table = new Columns("ID", "NAME", "CREATED", "UPDATED");
        Instant now = Instant.now();
        objects.forEach(object -> table.add(
                id(object), spec(object).name(), Texts.ago(createdAt(object), now), Texts.ago(updatedAt(object), now)));
        return table;
    }
}
