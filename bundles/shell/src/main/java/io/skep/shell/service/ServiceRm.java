package io.skep.shell.service;

import io.skep.api.control.Cluster;
import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.shell.Answers;
import io.skep.shell.ServiceNames;
import io.skep.shell.SwarmCommand;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Removes services. */
@Service
@Command(scope = "swarm", name = "service-rm", description = "Remove services")
public final class ServiceRm extends SwarmCommand {
    @Argument(
            index = 0,
            name = "SERVICE",
            description = "Ids or names of services",
            required = true,
            multiValued = true)
    @Completion(ServiceNames.class)
    private List<String> references = new ArrayList<>();

    @Override
    protected void run() throws InterruptedException {
        for (String reference : references) {
            Snapshot cluster = cluster();
            String id = Lookup.service(cluster, reference).id();
            call(
                    Cluster.class,
                    control -> Answers.of(control.removeService("", id).thenApply(done -> true)));
            out().println(reference);
        }
    }
}
