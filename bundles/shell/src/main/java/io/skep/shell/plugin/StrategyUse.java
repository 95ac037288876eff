package io.skep.shell.plugin;

import io.skep.api.control.Cluster;
import io.skep.shell.Answers;
import io.skep.shell.SwarmCommand;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Chooses the placement strategy. */
@Service
@Command(scope = "swarm", name = "strategy-use", description = "Choose the placement strategy of the tasks to come")
public final class StrategyUse extends SwarmCommand {
    @Argument(index = 0, name = "STRATEGY", description = "Name of the strategy; see strategy-ls", required = true)
    @Completion(StrategyNames.class)
    private String name;

    @Override
    protected void run() throws InterruptedException {
        call(Cluster.class, cluster -> Answers.of(cluster.useStrategy("", name).thenApply(done -> true)));
        out().println("tasks are now placed by " + name);
    }
}
