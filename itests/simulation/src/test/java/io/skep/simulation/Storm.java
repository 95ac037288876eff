package io.skep.simulation;

import io.skep.api.control.Cluster;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.manager.ManagerPart;
import io.skep.model.NodeSpec;
import io.skep.model.Service;
import io.skep.model.ServiceMode;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.parts.Specs;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What operators do and what befalls a swarm, in an order that the seed decides. */
final class Storm {
    private static final int ACTIONS = 30;
    private static final Duration PAUSE = Duration.ofSeconds(8);
    private final Swarm swarm;
    private final Timeline timeline;
    private int created;

    Storm(Swarm swarm) {
        this.swarm = swarm;
        timeline = swarm.timeline;
    }

    /** Runs a seed from the founding to the rest after the storm, and gives its trace. */
    static String run(long seed, boolean faults) {
        Swarm swarm = new Swarm(seed);
        swarm.begin();
        Storm storm = new Storm(swarm);
        for (int i = 0; i < ACTIONS; i++) {
            swarm.pass(swarm.timeline.upTo(PAUSE));
            if (faults && swarm.timeline.chance(50)) {
                storm.fault();
            } else {
                storm.operate();
            }
        }
        swarm.heal();
        swarm.until("everything is at rest", swarm::atRest);
        swarm.end();
        return swarm.timeline.trace();
    }

    private <T> Optional<T> any(Collection<T> of) {
        List<T> list = List.copyOf(of);
        return list.isEmpty()
                ? Optional.empty()
                : Optional.of(list.get(timeline.random().nextInt(list.size())));
    }

    private void operate() {
        Optional<ManagerPart> manager = any(swarm.managers());
        manager.ifPresent(asked -> operate(asked.cluster()));
    }

    private void operate(Cluster cluster) {
        Snapshot known = swarm.newest();
        Optional<Service> service = any(known.all(Table.SERVICES));
        int replicas = timeline.random().nextInt(6);
        int action = timeline.random().nextInt(10);
        if (action < 3 || service.isEmpty()) {
            cluster.createService("", Specs.service("s" + ++created, replicas, "web:1", List.of(), List.of()));
        } else if (action < 5) {
            cluster.updateService(
                    "",
                    service.get().id(),
                    Change.ANY,
                    service.get().spec().withMode(ServiceMode.replicated(replicas)));
        } else if (action < 7) {
            String name = service.get().spec().name();
            String image = "web:" + (2 + timeline.random().nextInt(3));
            cluster.updateService(
                    "",
                    service.get().id(),
                    Change.ANY,
                    Specs.service(name, Math.max(1, replicas), image, List.of(), List.of()));
        } else if (action < 8) {
            cluster.removeService("", service.get().id());
        } else {
            any(known.all(Table.NODES)).ifPresent(node -> {
                NodeSpec.Availability next =
                        node.spec().availability() == NodeSpec.Availability.DRAIN || timeline.chance(50)
                                ? NodeSpec.Availability.ACTIVE
                                : NodeSpec.Availability.DRAIN;
                NodeSpec spec = node.spec();
                cluster.updateNode(
                        "", node.id(), Change.ANY, new NodeSpec(spec.name(), spec.labels(), spec.role(), next));
            });
        }
    }

    private void fault() {
        Machine machine = any(swarm.machines.values()).orElseThrow();
        Machine other = any(swarm.machines.values()).orElseThrow();
        String id = machine.node.nodeId();
        switch (timeline.random().nextInt(8)) {
            case 0 -> swarm.wire.cut(id, other.node.nodeId());
            case 1 -> {
                swarm.machines.keySet().forEach(peer -> {
                    swarm.wire.cut(id, peer);
                    swarm.wire.cut(peer, id);
                });
                swarm.consensus.cut(SimulatedNode.memberOf(id));
            }
            case 2 -> swarm.consensus.cut(SimulatedNode.memberOf(id));
            case 3 -> machine.off(timeline.chance(50));
            case 4 -> any(machine.containers()).ifPresent(one -> machine.host.crash(one, 1, timeline.now()));
            case 5 -> machine.kernel.slow(Duration.ofSeconds(20));
            case 6 -> {
                swarm.wire.trouble(
                        timeline.random().nextInt(20), timeline.random().nextInt(20));
                swarm.consensus.lose(timeline.random().nextInt(20));
            }
            default -> swarm.heal();
        }
    }
}
