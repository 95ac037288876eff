package io.skep.shell.service;

import io.skep.api.control.Cluster;
import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.shell.Answers;
import io.skep.shell.SwarmCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes services. */
@Command(name = "service-rm", description = "Remove services")
public final class ServiceRm extends SwarmCommand {
    @Parameters(paramLabel = "SERVICE", description = "Ids or names of services", arity = "1..*")
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
