package io.skep.shell.swarm;

import io.skep.api.control.Cluster;
import io.skep.api.identity.Addresses;
import io.skep.api.identity.Identity;
import io.skep.api.identity.LocalNode;
import io.skep.model.ErrorCode;
import io.skep.model.JoinToken;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.shell.Following;
import io.skep.shell.Input;
import io.skep.shell.SwarmCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings this node into a swarm. A manager has joined when it has the swarm's state and a vote. */
@Command(name = "join", description = "Join a swarm, as a worker or a manager")
public final class Join extends SwarmCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int LONGEST_TOKEN = 1024;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "What swarm:join-token prints on a manager; - reads it from the standard input, so that no list of processes shows it")
    private String token = "";

    @Option(names = "--token-file", paramLabel = "FILE", description = "File that holds the token")
    private String file = "";

    @Mixin
    private AddressOptions addresses = new AddressOptions();

    @Parameters(
            paramLabel = "HOST:PORT",
            description = "Managers of the swarm; the port is 2377 when not given",
            arity = "1..*")
    private List<String> managers = new ArrayList<>();

    @Override
    protected void run() throws InterruptedException {
        JoinToken given = JoinToken.parse(token());
        Addresses own = addresses.given();
        LocalNode node = longWork()
                .run(
                        "joining the swarm, for which one of its managers must answer",
                        () -> call(Identity.class, identity -> identity.join(given, managers, own)));
        if (node.role() == NodeRole.MANAGER) {
            awaitVote(node.nodeId());
        }
        out().println("This node joined a swarm as a " + role(node) + ".");
        if (node.role() == NodeRole.MANAGER) {
            warnOfEvenManagers(cluster());
        }
    }

    private static String role(LocalNode node) {
        return node.role() == NodeRole.MANAGER ? "manager" : "worker";
    }

    private String token() {
        if (token.isEmpty() == file.isEmpty()) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a token is needed, by --token or by --token-file; swarm:join-token prints it on a manager");
        }
        boolean read = token.isEmpty() || token.equals(Input.STANDARD);
        return read ? input().text(token.isEmpty() ? file : token, LONGEST_TOKEN) : token;
    }

    /** The state comes once the leader has let the member vote; what belongs to a manager may be made anew until then. */
    private void awaitVote(String nodeId) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (parts().await(Cluster.class, Duration.between(Instant.now(), end))) {
            try {
                if (new Following(parts())
                        .until(
                                Duration.between(Instant.now(), end),
                                cluster -> known(cluster, nodeId),
                                cluster -> {})) {
                    return;
                }
                break;
            } catch (SkepException failure) {
                if (failure.code() != ErrorCode.PART_MISSING) {
                    throw failure;
                }
            }
        }
        throw new SkepException(
                ErrorCode.TIMED_OUT,
                "the node joined the swarm, but the managers have not taken it among them after " + PATIENCE.toSeconds()
                        + " s; they go on trying, see swarm:info");
    }

    private static boolean known(Snapshot cluster, String nodeId) {
        return cluster.find(Table.NODES, nodeId).isPresent();
    }
}
