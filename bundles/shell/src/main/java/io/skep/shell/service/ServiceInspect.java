package io.skep.shell.service;

import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.shell.InspectCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows everything about services. */
@Command(name = "service-inspect", description = "Show everything about services, as JSON")
public final class ServiceInspect extends InspectCommand {
    @Parameters(paramLabel = "SERVICE", description = "Ids or names of services", arity = "1..*")
    private List<String> references = new ArrayList<>();

    @Override
    protected List<String> references() {
        return references;
    }

    @Override
    protected Object find(Snapshot cluster, String reference) {
        return Lookup.service(cluster, reference);
    }
}
