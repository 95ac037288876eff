package io.skep.shell.service;

import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.shell.InspectCommand;
import io.skep.shell.ServiceNames;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows everything about services. */
@Service
@Command(scope = "swarm", name = "service-inspect", description = "Show everything about services, as JSON")
public final class ServiceInspect extends InspectCommand {
    @Argument(
            index = 0,
            name = "SERVICE",
            description = "Ids or names of services",
            required = true,
            multiValued = true)
    @Completion(ServiceNames.class)
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
