package io.skep.shell.swarm;

import io.skep.api.control.Cluster;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.Swarm;
import io.skep.model.SwarmSpec;
import io.skep.model.UnlockKey;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.shell.Answers;
import io.skep.shell.SwarmCommand;
import io.skep.shell.service.Sizes;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Changes what is asked of the swarm as a whole. */
@Command(name = "update", description = "Change what holds for the whole swarm")
public final class Update extends SwarmCommand {
    @Option(
            names = "--autolock",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Whether managers ask for a key after their start")
    private Optional<Boolean> autolock = Optional.empty();

    @Option(
            names = "--cert-expiry",
            paramLabel = "DURATION",
            description = "How long new certificates of nodes last, such as 2160h; at least 1h")
    private Optional<String> certificates = Optional.empty();

    @Option(
            names = "--task-history-limit",
            paramLabel = "NUMBER",
            description = "Dead tasks kept of each slot; negative is all")
    private Optional<Integer> history = Optional.empty();

    @Option(
            names = "--dispatcher-heartbeat",
            paramLabel = "DURATION",
            description =
                    "How often nodes tell that they live, 100ms to 10s; after five periods without it a node is down."
                            + " More than 800 of them a second are not asked for: the period grows with the swarm")
    private Optional<String> heartbeat = Optional.empty();

    @Override
    protected void run() throws InterruptedException {
        Snapshot cluster = cluster();
        Swarm swarm = cluster.swarm()
                .orElseThrow(() -> new SkepException(
                        ErrorCode.WRONG_STATE, "the swarm is just being founded; repeat the command"));
        SwarmSpec spec = edited(swarm.spec());
        long version = cluster.versionOf(Table.SWARM, swarm.id());
        call(Cluster.class, control -> Answers.of(control.updateSwarm("", version, spec)));
        out().println("Swarm updated.");
        if (spec.autolock() && !swarm.spec().autolock()) {
            Optional<UnlockKey> key = call(Cluster.class, control -> Answers.of(control.unlockKey()));
            key.ifPresent(made -> out().println("\n" + UnlockKeys.instructions(made)));
        }
    }

    /** What the line makes of a spec. */
    SwarmSpec edited(SwarmSpec before) {
        return new SwarmSpec(
                before.strategy(),
                history.orElse(before.taskHistoryLimit()),
                heartbeat.map(Sizes::duration).orElse(before.heartbeatPeriod()),
                certificates.map(Sizes::duration).orElse(before.certificateLifetime()),
                autolock.orElse(before.autolock()));
    }
}
