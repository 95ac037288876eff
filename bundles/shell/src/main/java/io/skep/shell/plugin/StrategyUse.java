package io.skep.shell.plugin;

import io.skep.api.control.Cluster;
import io.skep.shell.Answers;
import io.skep.shell.SwarmCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Chooses the placement strategy. */
@Command(name = "strategy-use", description = "Choose the placement strategy of the tasks to come")
public final class StrategyUse extends SwarmCommand {
    @Parameters(paramLabel = "STRATEGY", description = "Name of the strategy; see strategy-ls")
    private String name;

    @Override
    protected void run() throws InterruptedException {
        call(Cluster.class, cluster -> Answers.of(cluster.useStrategy("", name).thenApply(done -> true)));
        out().println("tasks are now placed by " + name);
    }
}
