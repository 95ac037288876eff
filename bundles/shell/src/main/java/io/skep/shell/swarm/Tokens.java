package io.skep.shell.swarm;

import io.skep.model.JoinToken;
import io.skep.model.NodeRole;
import java.util.Locale;

/** Join tokens as people read and type them; pure. */
final class Tokens {
    private Tokens() {}

    /** What an operator types to join with a token. */
    static String commandLine(JoinToken token, String manager) {
        return "swarm:join --token " + token.text() + " " + manager;
    }

    /** How to let hosts join in a role. */
    static String instructions(NodeRole role, JoinToken token, String manager) {
        return "To add a " + role.name().toLowerCase(Locale.ROOT) + " to this swarm, run the following command:\n\n    "
                + commandLine(token, manager) + "\n";
    }
}
