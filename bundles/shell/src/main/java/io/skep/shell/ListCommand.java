package io.skep.shell;

import io.skep.model.codec.Codec;
import java.util.List;
import picocli.CommandLine.Option;

/** A command that prints objects: as a table, as JSON, or only their ids. */
public abstract class ListCommand<T> extends SwarmCommand {
    @Option(names = "--json", description = "Print JSON, as the Docker Engine API writes it")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print only ids, one a line")
    private boolean quiet;

    /** The objects, in the order in which they are printed. */
    protected abstract List<T> objects() throws InterruptedException;

    /** What {@code --quiet} prints of an object. */
    protected abstract String id(T object);

    /** The table of the objects. */
    protected abstract Columns table(List<T> objects);

    @Override
    protected final void run() throws InterruptedException {
        List<T> objects = objects();
        if (json) {
            out().println(Codec.toJson(objects));
        } else if (quiet) {
            objects.forEach(object -> out().println(id(object)));
        } else {
            table(objects).print(out());
        }
    }
}
