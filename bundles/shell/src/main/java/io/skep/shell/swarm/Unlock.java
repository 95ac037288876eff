package io.skep.shell.swarm;

import io.skep.api.identity.Identity;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.shell.SwarmCommand;
import picocli.CommandLine.Command;

/** Opens the keys of this node. The key is typed or comes by the standard input: an argument would be seen by others. */
@Command(name = "unlock", description = "Unlock this manager; the key is asked for, or read from the standard input")
public final class Unlock extends SwarmCommand {
    private static final int LONGEST = 1024;

    @Override
    protected void run() throws InterruptedException {
        if (!call(Identity.class, Identity::locked)) {
            boolean inside = call(Identity.class, Identity::current).isPresent();
            throw new SkepException(
                    ErrorCode.WRONG_STATE,
                    inside ? "the swarm is not locked on this node" : "this node is not part of a swarm");
        }
        String key = input().hidden("Please enter unlock key: ", LONGEST);
        longWork().run("unlocking, after which the parts of this node start", () -> {
            call(Identity.class, identity -> {
                identity.unlock(key);
                return true;
            });
            return true;
        });
    }
}
