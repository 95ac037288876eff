package io.skep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.table.Change;
import io.skep.model.table.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that was away while every manager it knew became a worker, and is off by now, finds those that manage. */
class ReplacedManagersTest {
    private static final String AWAY = "w1";
    private static final String NEXT = "w2";
    private int requests;

    @Test
    void aNodeFindsManagersThatItHasNeverHeardOf(@TempDir Path directory) {
        Swarm swarm = new Swarm(1, directory);
        swarm.begin();
        Set<String> known = managers(swarm);
        swarm.isolate(AWAY);
        swarm.until(AWAY + " is missed", () -> state(swarm) == NodeStatus.State.DOWN);
        become(swarm, NEXT, NodeRole.MANAGER);
        known.forEach(former -> become(swarm, former, NodeRole.WORKER));
        assertThat(managers(swarm)).containsExactly(NEXT);
        List<Machine> former = known.stream()
                .map(swarm::machine)
                .peek(machine -> machine.off(true))
                .toList();
        swarm.reach(AWAY);
        swarm.until(AWAY + " is back", () -> state(swarm) == NodeStatus.State.READY);
        former.forEach(Machine::on);
        swarm.heal();
        swarm.until("everything is at rest", swarm::atRest);
        swarm.end();
    }

    private static Set<String> managers(Swarm swarm) {
        Set<String> managers = new TreeSet<>();
        swarm.newest().all(Table.NODES).stream()
                .filter(node -> node.memberId().isPresent())
                .forEach(node -> managers.add(node.id()));
        return managers;
    }

    private static NodeStatus.State state(Swarm swarm) {
        return swarm.newest().find(Table.NODES, AWAY).orElseThrow().status().state();
    }

    /** Asks until it is done: a manager that is about to go may refuse. */
    private void become(Swarm swarm, String nodeId, NodeRole role) {
        swarm.until(nodeId + " is a " + role, () -> {
            Node node = swarm.newest().find(Table.NODES, nodeId).orElseThrow();
            boolean member = node.memberId().isPresent();
            if (node.spec().role() != role) {
                NodeSpec now = node.spec();
                NodeSpec next = new NodeSpec(now.name(), now.labels(), role, now.availability());
                var unused =
                        swarm.managers().get(0).cluster().updateNode("role-" + ++requests, nodeId, Change.ANY, next);
            }
            return node.spec().role() == role && member == (role == NodeRole.MANAGER);
        });
    }
}
