package io.skep.shell.swarm;

import io.skep.api.control.Cluster;
import io.skep.api.store.Epoch;
import io.skep.shell.Answers;
import io.skep.shell.SwarmCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Moves the running swarm to another consensus engine. */
@Command(name = "consensus-use", description = "Move the running swarm to another consensus engine")
public final class ConsensusUse extends SwarmCommand {
    @Parameters(
            paramLabel = "ENGINE",
            description = "Name of the engine: atomix or ratis; its bundle runs on every manager")
    private String engine;

    @Override
    protected void run() throws InterruptedException {
        Epoch before = call(Cluster.class, Cluster::epoch);
        if (before.engine().equals(engine)) {
            out().println("the swarm uses " + engine + " already");
            return;
        }
        warnings()
                .accept("handing the state over from " + before.engine() + " to " + engine
                        + "; requests wait some seconds at most");
        Epoch epoch = call(Cluster.class, cluster -> Answers.of(cluster.useConsensus("", engine)));
        out().println("the swarm uses " + epoch.engine() + " now (epoch " + epoch.number() + ")");
    }
}
