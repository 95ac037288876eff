package io.skep.shell.stack;

import io.skep.api.control.Cluster;
import io.skep.shell.Answers;
import io.skep.shell.StackNames;
import io.skep.shell.SwarmCommand;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Removes stacks with their services and networks. */
@Service
@Command(scope = "swarm", name = "stack-rm", description = "Remove stacks")
public final class StackRm extends SwarmCommand {
    @Argument(index = 0, name = "STACK", description = "Names of stacks", required = true, multiValued = true)
    @Completion(StackNames.class)
    private List<String> names = new ArrayList<>();

    @Override
    protected void run() throws InterruptedException {
        for (String name : names) {
            call(Cluster.class, cluster -> Answers.of(cluster.removeStack("", name)))
                    .forEach(lines());
        }
    }
}
