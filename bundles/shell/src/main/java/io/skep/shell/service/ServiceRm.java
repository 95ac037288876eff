package io.skep.shell.service;

import io.skep.api.control.Cluster;
import io.skep.model.table.Lookup;
import io.skep.shell.Answers;
import io.skep.shell.RemoveCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes services. */
@Command(name = "service-rm", description = "Remove services")
public final class ServiceRm extends RemoveCommand {
    @Parameters(paramLabel = "SERVICE", description = "Ids or names of services", arity = "1..*")
    private List<String> references = new ArrayList<>();

    @Override
    protected List<String> references() {
        return references;
    }

    @Override
    protected void remove(String reference) throws InterruptedException {
        String id = Lookup.service(cluster(), reference).id();
        call(Cluster.class, control -> Answers.of(control.removeService("", id).thenApply(done -> true)));
        out().println(reference);
    }
}
