package io.skep.shell;

import io.skep.model.codec.Codec;
import io.skep.model.table.Snapshot;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** A command that prints whole objects as JSON, always as a list, as docker does. */
public abstract class InspectCommand extends SwarmCommand {
    /** Taken so that scripts can give it everywhere; there is no other form. */
    @Option(names = "--json", description = "Print JSON, the only form there is")
    private boolean unusedJson;

    /** What the user named. */
    protected abstract List<String> references();

    /** The object of that name. */
    protected abstract Object find(Snapshot cluster, String reference) throws InterruptedException;

    @Override
    protected final void run() throws InterruptedException {
        Snapshot cluster = cluster();
        List<Object> found = new ArrayList<>();
        for (String reference : references()) {
            found.add(find(cluster, reference));
        }
        out().println(Codec.toJson(found));
    }
}
