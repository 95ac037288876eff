package io.skep.shell.stack;

import io.skep.api.control.Cluster;
import io.skep.shell.Answers;
import io.skep.shell.RemoveCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes stacks with their services and networks. */
@Command(name = "stack-rm", description = "Remove stacks")
public final class StackRm extends RemoveCommand {
    @Parameters(paramLabel = "STACK", description = "Names of stacks", arity = "1..*")
    private List<String> names = new ArrayList<>();

    @Override
    protected List<String> references() {
        return names;
    }

    @Override
    protected void remove(String name) throws InterruptedException {
        call(Cluster.class, cluster -> Answers.of(cluster.removeStack("", name)))
                .forEach(lines());
    }
}
