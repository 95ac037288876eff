package io.skep.shell.data;

import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.shell.InspectCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows everything about secrets but what they hold. */
@Command(name = "secret-inspect", description = "Show everything about secrets but their content, as JSON")
public final class SecretInspect extends InspectCommand {
    @Parameters(paramLabel = "SECRET", description = "Ids or names of secrets", arity = "1..*")
    private List<String> references = new ArrayList<>();

    @Override
    protected List<String> references() {
        return references;
    }

    @Override
    protected Object find(Snapshot cluster, String reference) {
        return DataDetail.of(Lookup.secret(cluster, reference));
    }
}
