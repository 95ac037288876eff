package io.skep.orchestrator;

import io.skep.api.orchestration.Context;
import io.skep.api.orchestration.Decision;
import io.skep.api.orchestration.Reconciler;
import io.skep.api.orchestration.Subject;
import io.skep.model.Network;
import io.skep.model.NetworkAttachment;
import io.skep.model.Segment;
import io.skep.model.Task;
import io.skep.model.net.Subnet;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Component;

/**
 * Gives a node its own address on each network that its tasks are on, and on the one for published ports, which every node serves. The
 * address stays while the swarm remembers a task of the node on that network.
 */
@Component(service = Reconciler.class)
public final class SegmentAllocator implements Reconciler {
    /** Addresses come back when tasks end, which is no event of this node. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "segments";
    }

    @Override
    public int order() {
        return 110;
    }

    @Override
    public Decision decide(Snapshot cluster, Subject subject, Context context) {
        Draft draft = new Draft(cluster);
        if (subject instanceof Subject.OfNode) {
            Set<String> wanted = wanted(cluster, subject.id());
            for (Segment segment : cluster.segmentsOfNode(subject.id())) {
                if (!wanted.remove(segment.networkId())) {
                    draft.remove(Table.SEGMENTS, segment.id());
                }
            }
            Addresses addresses = new Addresses(cluster);
            wanted.forEach(network -> allocate(addresses, subject.id(), network, draft, context));
        }
        return draft.decision();
    }

    /** The networks of the node's tasks and that of published ports; none when the node is gone. */
    private static Set<String> wanted(Snapshot cluster, String nodeId) {
        Set<String> wanted = new TreeSet<>();
        for (Task task : cluster.tasksOfNode(nodeId)) {
            task.attachments().stream().map(NetworkAttachment::networkId).forEach(wanted::add);
        }
        if (cluster.find(Table.NODES, nodeId).isPresent()) {
            cluster.all(Table.NETWORKS).stream()
                    .filter(network -> network.spec().ingress())
                    .map(Network::id)
                    .forEach(wanted::add);
        }
        return wanted;
    }

    private static void allocate(Addresses addresses, String nodeId, String networkId, Draft draft, Context context) {
        OptionalLong address = addresses.forNode(networkId);
        if (address.isEmpty()) {
            draft.wake(context.now().plus(RETRY));
        } else {
            draft.create(Segment.of(nodeId, networkId, Subnet.text(address.getAsLong())));
        }
    }
}
