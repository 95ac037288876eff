package io.skep.manager;

import io.skep.contracts.table.TextTable;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** How the members of the consensus follow the roles of the nodes, step by step until nothing is to be done. */
class MembershipTest {
    @TestFactory
    Stream<DynamicTest> membership() {
        return TextTable.of("tables/membership.txt", input -> new Bench(input).steps());
    }

    /**
     * Nodes, a line each: id, wanted role, state, member id or {@code -}, then {@code votes}, {@code leads}, {@code postponed} as it may be. A line of a
     * member alone is one whose node is gone.
     */
    private static final class Bench {
        private final Set<String> members = new TreeSet<>();
        private final Set<String> postponed = new TreeSet<>();
        private Snapshot cluster = Snapshot.empty().apply(List.of(Samples.put(Table.SWARM, Samples.swarm())));
        private String leader = "";

        Bench(String input) {
            input.lines().forEach(this::line);
        }

        private void line(String line) {
            List<String> words = List.of(line.split(" +", -1));
            if (words.size() == 1) {
                members.add(line);
                return;
            }
            String member = words.get(3);
            Node node = Samples.node(words.get(0))
                    .withMember(member.equals("-") ? Optional.empty() : Optional.of(member), Samples.NOW)
                    .withSpec(
                            new NodeSpec(
                                    "",
                                    Map.of(),
                                    NodeRole.valueOf(words.get(1).toUpperCase(Locale.ROOT)),
                                    NodeSpec.Availability.ACTIVE),
                            Samples.NOW);
            NodeStatus status =
                    new NodeStatus(NodeStatus.State.valueOf(words.get(2).toUpperCase(Locale.ROOT)), "", "10.0.0.1:1");
            cluster = cluster.apply(
                    List.of(Samples.put(Table.NODES, node.withStatus(Optional.empty(), status, Samples.NOW))));
            if (words.contains("votes") || words.contains("leads")) {
                members.add(member);
            }
            if (words.contains("leads")) {
                leader = member;
            }
            if (words.contains("postponed")) {
                postponed.add(member);
            }
        }

        String steps() {
            List<String> output = new ArrayList<>();
            Optional<Membership> step = Membership.next(cluster, members, leader, postponed);
            while (step.isPresent() && output.size() < 20) {
                output.add(carryOut(step.get()));
                step = Membership.next(cluster, members, leader, postponed);
            }
            output.add("members " + String.join(" ", members));
            return String.join("\n", output);
        }

        private String carryOut(Membership step) {
            String verb = step.getClass().getSimpleName().toLowerCase(Locale.ROOT);
            if (step instanceof Membership.Add add) {
                members.add(add.memberId());
            } else if (step instanceof Membership.Remove remove) {
                members.remove(remove.memberId());
            } else if (step instanceof Membership.HandOver handOver) {
                leader = handOver.memberId();
            } else if (step instanceof Membership.Release release) {
                Node worker = release.node().withMember(Optional.empty(), Samples.NOW);
                cluster = cluster.apply(List.of(new Change.Put<>(Table.NODES, worker, Change.ANY)));
            }
            return verb + " " + Membership.subject(step);
        }
    }
}
