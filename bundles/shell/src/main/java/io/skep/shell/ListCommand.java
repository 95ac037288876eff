package io.skep.shell;

import io.skep.model.codec.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import picocli.CommandLine.Option;

/** A command that prints objects: as a table, as JSON, or only their ids. */
public abstract class ListCommand<T> extends SwarmCommand {
    /** The label of the option that chooses objects. */
    public static final String FILTER = "KEY=VALUE";

    @Option(names = "--json", description = "Print JSON, as the Docker Engine API writes it")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print only ids, one a line")
    private boolean quiet;

    @Option(names = "--no-trunc", description = "Print ids and errors in full")
    private boolean full;

    @Option(
            names = {"-f", "--filter"},
            paramLabel = FILTER,
            description = "Print only what matches (repeatable)")
    private List<String> filters = new ArrayList<>();

    /** The objects, in the order in which they are printed. */
    protected abstract List<T> objects() throws InterruptedException;

    /** What {@code --quiet} prints of an object. */
    protected abstract String id(T object);

    /** The table of the objects. */
    protected abstract Columns table(List<T> objects);

    /** What {@code --json} prints of an object. */
    protected Object json(T object) {
        return object;
    }

    /** The keys of {@code --filter}, and when an object matches a value. */
    public abstract Map<String, BiPredicate<T, String>> keys();

    /** As much of an id as tells it from others, or all of it. */
    protected final String shown(String id) {
        return full ? id : Texts.id(id);
    }

    /** True when nothing is to be cut. */
    protected final boolean full() {
        return full;
    }

    @Override
    protected final void run() throws InterruptedException {
        List<T> objects = objects().stream().filter(Filters.of(keys(), filters)).toList();
        if (json) {
            out().println(Codec.toJson(objects.stream().map(this::json).toList()));
        } else if (quiet) {
            objects.forEach(object -> out().println(id(object)));
        } else {
            table(objects).print(out());
        }
    }
}
