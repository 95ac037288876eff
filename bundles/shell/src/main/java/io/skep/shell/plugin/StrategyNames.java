package io.skep.shell.plugin;

import io.skep.api.scheduling.Strategy;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;

/** Completes names of placement strategies. */
@Service
public final class StrategyNames implements Completer {
    @Reference
    private BundleContext context;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(names()).complete(session, line, candidates);
    }

    private List<String> names() {
        try {
            return context.getServiceReferences(Strategy.class, null).stream()
                    .map(reference -> String.valueOf(reference.getProperty(Strategy.PROPERTY)))
                    .toList();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("no filter, so no syntax", e);
        }
    }
}
