package io.skep.shell.data;

import io.skep.api.control.Cluster;
import io.skep.model.table.Lookup;
import io.skep.shell.Answers;
import io.skep.shell.RemoveCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes secrets. */
@Command(name = "secret-rm", description = "Remove secrets")
public final class SecretRm extends RemoveCommand {
    @Parameters(paramLabel = "SECRET", description = "Ids or names of secrets", arity = "1..*")
    private List<String> references = new ArrayList<>();

    @Override
    protected List<String> references() {
        return references;
    }

    @Override
    protected void remove(String reference) throws InterruptedException {
        String id = Lookup.secret(cluster(), reference).id();
        call(Cluster.class, control -> Answers.of(control.removeSecret("", id).thenApply(done -> true)));
        out().println(reference);
    }
}
