package io.skep.shell.swarm;

import io.skep.api.control.Cluster;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.UnlockKey;
import io.skep.shell.Answers;
import io.skep.shell.SwarmCommand;
import java.util.concurrent.CompletionStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the key that opens managers after their start. */
@Command(name = "unlock-key", description = "Show the key that unlocks managers after their start, or change it")
public final class UnlockKeyCommand extends SwarmCommand {
    @Option(names = "--rotate", description = "Make a new key; the present one unlocks no manager that has heard of it")
    private boolean rotate;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print only the key")
    private boolean quiet;

    @Override
    protected void run() throws InterruptedException {
        UnlockKey key =
                call(Cluster.class, cluster -> Answers.of(rotate ? cluster.rotateUnlockKey("") : known(cluster)));
        if (quiet) {
            out().println(key.text());
            return;
        }
        if (rotate) {
            out().println("Successfully rotated manager unlock key.\n");
        }
        out().println(UnlockKeys.instructions(key));
    }

    private static CompletionStage<UnlockKey> known(Cluster cluster) {
        return cluster.unlockKey()
                .thenApply(key -> key.orElseThrow(() -> new SkepException(
                        ErrorCode.WRONG_STATE, "no unlock key is set; swarm:update --autolock true makes one")));
    }
}
