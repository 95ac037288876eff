package io.skep.shell.stack;

import io.skep.api.control.Cluster;
import io.skep.shell.Answers;
import io.skep.shell.SwarmCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes stacks with their services and networks. */
@Command(name = "stack-rm", description = "Remove stacks")
public final class StackRm extends SwarmCommand {
    @Parameters(paramLabel = "STACK", description = "Names of stacks", arity = "1..*")
    private List<String> names = new ArrayList<>();

    @Override
    protected void run() throws InterruptedException {
        for (String name : names) {
            call(Cluster.class, cluster -> Answers.of(cluster.removeStack("", name)))
                    .forEach(lines());
        }
    }
}
