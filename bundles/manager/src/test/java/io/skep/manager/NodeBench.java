package io.skep.manager;

import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.Revocation;
import io.skep.model.RootAuthority;
import io.skep.model.Sensitive;
import io.skep.model.SkepException;
import io.skep.model.Swarm;
import io.skep.model.SwarmSpec;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import io.skep.model.Trust;
import io.skep.model.table.Change;
import io.skep.model.table.Lookup;
import io.skep.model.table.Row;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Requests about nodes and the swarm as lines of a table; each line answers with the changes that it makes. */
final class NodeBench implements Function<String, String> {
    private Snapshot cluster = Snapshot.empty()
            .apply(List.of(Samples.put(Table.SWARM, Samples.swarm()), Samples.put(Table.TRUST, Samples.trust())));
    private int requests;

    @Override
    public String apply(String input) {
        return input.lines()
                .map(line -> answer(List.of(line.split(" +", -1))))
                .filter(answer -> !answer.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private String answer(List<String> words) {
        try {
            List<Change> changes = plan(words.get(0), words.subList(1, words.size()));
            Snapshot before = cluster;
            cluster = changes.isEmpty() ? cluster : cluster.apply(changes);
            if (words.get(0).equals("node") || words.get(0).equals("task")) {
                return "";
            }
            return changes.isEmpty()
                    ? "nothing changes"
                    : changes.stream().map(change -> describe(before, change)).collect(Collectors.joining("\n"));
        } catch (SkepException e) {
            return e.code() + ": " + e.getMessage();
        }
    }

    private List<Change> plan(String verb, List<String> words) {
        Ids ids = new Ids("request-" + ++requests, Samples.NOW.plusSeconds(requests));
        return switch (verb) {
            case "node" -> List.of(Samples.put(Table.NODES, node(words)));
            case "task" -> task(words);
            case "availability" -> {
                NodeSpec spec = spec(words.get(0));
                yield update(ids, words.get(0), with(spec, spec.role(), words.get(1)));
            }
            case "promote" -> update(ids, words.get(0), with(spec(words.get(0)), NodeRole.MANAGER, "active"));
            case "demote" -> update(ids, words.get(0), with(spec(words.get(0)), NodeRole.WORKER, "active"));
            case "step-down" -> NodePlans.stepDown(cluster, ids, words.get(0));
            case "remove" -> NodePlans.remove(cluster, ids, words.get(0), words.contains("force"));
            case "swarm" -> SwarmPlans.update(cluster, Change.ANY, swarm(words), new Sensitive("key"));
            case "unlock-rotate" -> SwarmPlans.rotateUnlockKey(cluster, new Sensitive("key " + requests));
            case "token" ->
                SwarmPlans.rotateJoinToken(
                        cluster,
                        NodeRole.valueOf(words.get(0).toUpperCase(Locale.ROOT)),
                        new Sensitive("secret " + requests));
            case "ca" ->
                SwarmPlans.rotateCa(
                        cluster,
                        new SwarmPlans.NextRoot(
                                cluster.trust().orElseThrow().root(),
                                new RootAuthority("root " + words.get(0), new Sensitive("key")),
                                "crossed"));
            default -> throw new IllegalArgumentException("no request: " + verb);
        };
    }

    private List<Change> update(Ids ids, String node, NodeSpec spec) {
        return NodePlans.update(cluster, ids, node, Change.ANY, spec);
    }

    private NodeSpec spec(String node) {
        return Lookup.node(cluster, node).spec();
    }

    private static NodeSpec with(NodeSpec spec, NodeRole role, String availability) {
        return new NodeSpec(
                spec.name(), spec.labels(), role, NodeSpec.Availability.valueOf(availability.toUpperCase(Locale.ROOT)));
    }

    private static Node node(List<String> words) {
        NodeRole role = NodeRole.valueOf(words.get(1).toUpperCase(Locale.ROOT));
        NodeStatus.State state = NodeStatus.State.valueOf(words.get(2).toUpperCase(Locale.ROOT));
        return Samples.node(words.get(0))
                .withSpec(new NodeSpec("", Map.of(), role, NodeSpec.Availability.ACTIVE), Samples.NOW)
                .withStatus(Optional.empty(), new NodeStatus(state, "", "10.0.0.1:2377"), Samples.NOW)
                .withMember(words.size() > 3 ? Optional.of(words.get(3)) : Optional.empty(), Samples.NOW);
    }

    private static List<Change> task(List<String> words) {
        TaskState state = TaskState.valueOf(words.get(2).toUpperCase(Locale.ROOT));
        return List.of(
                Samples.put(Table.TASKS, Samples.task(words.get(0), Samples.service("web", ""), words.get(1))),
                Samples.put(Table.STATUSES, Samples.status(words.get(0), state)));
    }

    private static SwarmSpec swarm(List<String> words) {
        SwarmSpec plain = SwarmSpec.STANDARD;
        return new SwarmSpec(
                plain.strategy(),
                plain.taskHistoryLimit(),
                Duration.ofMillis(number(words, "beat", 400)),
                Duration.ofMinutes(number(words, "lifetime", 129_600)),
                words.contains("autolock"));
    }

    private static long number(List<String> words, String key, long otherwise) {
        return words.stream()
                .filter(word -> word.startsWith(key + "="))
                .map(word -> Long.parseLong(word.substring(key.length() + 1)))
                .findFirst()
                .orElse(otherwise);
    }

    private static String describe(Snapshot before, Change change) {
        return change instanceof Change.Put<?> put
                ? describe(before, put.row())
                : change.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " " + change.table() + " " + change.id();
    }

    private static String describe(Snapshot before, Row row) {
        if (row instanceof Node node) {
            return "node " + node.id() + " " + node.spec().role() + " "
                    + node.spec().availability();
        }
        if (row instanceof TaskStatus status) {
            return "status " + status.taskId() + " " + status.state() + " " + status.message();
        }
        if (row instanceof Trust trust) {
            return "trust " + describe(trust);
        }
        boolean claim = before.swarm().equals(Optional.of(row));
        return claim ? "claim" : "swarm " + ((Swarm) row).spec();
    }

    private static String describe(Trust trust) {
        String revoked = trust.revoked().stream().map(Revocation::nodeId).collect(Collectors.joining(" "));
        return trust.root().certificate().strip() + " after "
                + trust.formerRoots().size() + " tokens "
                + trust.workerSecret().value() + ", " + trust.managerSecret().value()
                + (trust.unlockKey().isPresent()
                        ? " locked with " + trust.unlockKey().get().value()
                        : "")
                + (revoked.isEmpty() ? "" : " revoked " + revoked);
    }
}
