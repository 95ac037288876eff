package io.skep.simulation;

import io.skep.contracts.identity.SimulatedNode;
import io.skep.store.StorePart;
import java.time.Duration;
import java.util.Optional;

/** What befalls a swarm. */
final class Faults {
    private static final Duration SLOW = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofMillis(400);
    private final Swarm swarm;
    private final Operators operators;
    private final Timeline timeline;

    Faults(Swarm swarm, Operators operators) {
        this.swarm = swarm;
        this.operators = operators;
        timeline = swarm.timeline;
    }

    void strike() {
        Machine machine = timeline.any(swarm.machines.values()).orElseThrow();
        Machine other = timeline.any(swarm.machines.values()).orElseThrow();
        String id = machine.node.nodeId();
        switch (timeline.random().nextInt(11)) {
            case 0 -> swarm.wire.cut(id, other.node.nodeId());
            case 1 -> swarm.isolate(id);
            case 2 -> swarm.consensus.cut(SimulatedNode.memberOf(id));
            case 3 -> machine.off(timeline.chance(50));
            case 4 -> timeline.any(machine.containers()).ifPresent(one -> machine.host.crash(one, 1, timeline.now()));
            case 5 -> machine.kernel.slow(SLOW);
            case 6 -> trouble();
            case 7 -> timeline.any(machine.containers()).ifPresent(one -> swarm.vanish(machine, one));
            case 8 -> {
                operators.act(); // so that the former leader has something to write when it is none any more
                timeline.after(timeline.upTo(SOON), () -> handOver(machine, other));
            }
            case 9 -> swarm.gossip.cut(id);
            default -> swarm.heal();
        }
    }

    private void trouble() {
        swarm.wire.trouble(timeline.random().nextInt(20), timeline.random().nextInt(20));
        swarm.consensus.lose(timeline.random().nextInt(20));
        swarm.gossip.lose(timeline.random().nextInt(60));
    }

    /** Another leads from now on, while the former leader does not know it yet. */
    private static void handOver(Machine machine, Machine next) {
        Optional<StorePart> store = machine.store();
        store.ifPresent(asked -> asked.quorum().transfer(SimulatedNode.memberOf(next.node.nodeId())));
    }
}
