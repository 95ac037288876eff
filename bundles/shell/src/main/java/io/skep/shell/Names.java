package io.skep.shell;

import io.skep.api.control.Cluster;
import io.skep.model.SkepException;
import io.skep.model.table.Snapshot;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.osgi.framework.BundleContext;

/** Completes the names of objects of the cluster; offers nothing when the cluster does not answer. */
public abstract class Names implements Completer {
    @Reference
    private BundleContext context;

    private final Function<Snapshot, Stream<String>> names;

    /** Completes what {@code names} finds. */
    protected Names(Function<Snapshot, Stream<String>> names) {
        this.names = names;
    }

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(known()).complete(session, line, candidates);
    }

    private List<String> known() {
        try {
            Snapshot cluster = new Parts(context).call(Cluster.class, part -> Answers.of(part.read()));
            return names.apply(cluster).toList();
        } catch (SkepException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
