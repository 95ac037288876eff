package io.skep.shell.swarm;

import io.skep.api.control.Cluster;
import io.skep.api.identity.Identity;
import io.skep.api.identity.LocalNode;
import io.skep.model.JoinToken;
import io.skep.model.NodeRole;
import io.skep.shell.Answers;
import io.skep.shell.SwarmCommand;
import io.skep.shell.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the token with which a host joins, and the command line that does. */
@Command(name = "join-token", description = "Show how to join the swarm, or change the token for it")
public final class JoinTokenCommand extends SwarmCommand {
    @Option(names = "--rotate", description = "Make a new token; the present one lets nobody in any more")
    private boolean rotate;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print only the token")
    private boolean quiet;

    @Parameters(paramLabel = "worker|manager", description = "The role in which a host joins")
    private String wanted = "";

    @Override
    protected void run() throws InterruptedException {
        NodeRole role = Texts.constant(NodeRole.values(), wanted, "role");
        JoinToken token = call(
                Cluster.class,
                cluster -> Answers.of(rotate ? cluster.rotateJoinToken("", role) : cluster.joinToken(role)));
        if (quiet) {
            out().println(token.text());
            return;
        }
        if (rotate) {
            out().println("Successfully rotated " + Texts.lower(role) + " join token.\n");
        }
        String manager = call(Identity.class, Identity::current)
                .map(LocalNode::transportAddress)
                .orElse("");
        out().println(Tokens.instructions(role, token, manager));
    }
}
