package io.skep.store;

import io.skep.api.consensus.Group;
import io.skep.api.kernel.Entropy;
import io.skep.api.store.Epoch;
import io.skep.model.ErrorCode;
import io.skep.model.Node;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Ends the present epoch so that another engine's can follow, once it is known that everybody can follow. */
final class Succession {
    private final Passage passage;
    private final Others others;
    private final Entropy entropy;
    private final CommandSeal seal;

    Succession(Passage passage, Others others, Entropy entropy, CommandSeal seal) {
        this.passage = passage;
        this.others = others;
        this.entropy = entropy;
        this.seal = seal;
    }

    /** See {@link io.skep.api.store.Quorum#move}. */
    CompletionStage<Epoch> move(String engine) {
        Line line = passage.present();
        if (line.epoch().engine().equals(engine)) {
            return CompletableFuture.completedFuture(line.epoch());
        }
        // Its members as of everything that was committed.
        return line.group().barrier().thenCompose(index -> leave(line, engine));
    }

    private CompletionStage<Epoch> leave(Line line, String engine) {
        List<String> members = line.group().members();
        List<String> nodes = members.stream().map(Succession::nodeOf).toList();
        return others.ask(nodes)
                .thenCompose(reports -> {
                    check(line.replica().snapshot(), nodes, reports, engine);
                    Epoch next = new Epoch(line.epoch().number() + 1, engine, entropy.newId(), members);
                    return submit(line.group(), next);
                })
                .thenCompose(reply -> arrival(line, reply, engine));
    }

    private CompletionStage<Reply> submit(Group group, Epoch next) {
        return group.submit(seal.seal(new Command.HandOver(next).bytes()))
                .thenApply(bytes -> Codec.fromBytes(bytes, Reply.class));
    }

    private CompletionStage<Epoch> arrival(Line line, Reply reply, String engine) {
        if (reply.outcome() != Reply.Outcome.APPLIED && reply.outcome() != Reply.Outcome.MOVED) {
            throw new SkepException(ErrorCode.TIMED_OUT, reply.detail());
        }
        return passage.after(line).thenApply(successor -> {
            if (!successor.epoch().engine().equals(engine)) {
                throw new SkepException(
                        ErrorCode.WRONG_STATE,
                        "somebody else has moved the swarm to consensus engine "
                                + successor.epoch().engine()
                                + " at the same time; repeat the command if it is still wanted");
            }
            return successor.epoch();
        });
    }

    private static void check(Snapshot cluster, List<String> nodes, Map<String, Others.Report> reports, String engine) {
        List<String> silent = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (String node : nodes) {
            Optional<Others.Report> answer = Optional.ofNullable(reports.get(node));
            if (answer.isEmpty()) {
                silent.add(name(cluster, node));
            } else if (!answer.get().engines().contains(engine)) {
                without.add(name(cluster, node));
            }
        }
        if (!without.isEmpty()) {
            throw new SkepException(
                    ErrorCode.WRONG_STATE,
                    "the consensus engine " + engine + " does not run on these managers: " + String.join(", ", without)
                            + "; there feature:install skep-consensus-" + engine + ", and repeat the command");
        }
        if (!silent.isEmpty()) {
            throw new SkepException(
                    ErrorCode.WRONG_STATE,
                    "these managers do not answer: " + String.join(", ", silent)
                            + "; bring them back, or demote them, and repeat the command");
        }
    }

    private static String name(Snapshot cluster, String nodeId) {
        return cluster.find(Table.NODES, nodeId).map(Node::displayName).orElse(nodeId);
    }

    private static String nodeOf(String memberId) {
        int colon = memberId.indexOf(':');
        return colon < 0 ? memberId : memberId.substring(0, colon);
    }
}
