package io.skep.scheduler;

import io.skep.api.scheduling.Filter;
import io.skep.model.Network;
import io.skep.model.NetworkAttachmentConfig;
import io.skep.model.Placement;
import io.skep.model.Resources;
import io.skep.model.Task;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.scheduler.filter.ConstraintFilter;
import io.skep.scheduler.filter.HostPortFilter;
import io.skep.scheduler.filter.HostPortLedger;
import io.skep.scheduler.filter.MaxReplicasFilter;
import io.skep.scheduler.filter.NetworkDriverFilter;
import io.skep.scheduler.filter.PlatformFilter;
import io.skep.scheduler.filter.ReadyFilter;
import io.skep.scheduler.filter.ResourceFilter;
import io.skep.scheduler.filter.RuntimeFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The filters that have a say for one shape: those that a placement cannot change are asked once a node, the others again and again. */
final class Rules {
    private final List<Filter> all = new ArrayList<>();
    private final List<Filter> fixed = new ArrayList<>();
    private final List<Filter> changing = new ArrayList<>();

    /**
     * Chooses the filters, in SwarmKit's order, then the plug-ins.
     *
     * @param ports asked only when the shape has host ports
     */
    Rules(Snapshot cluster, Shape shape, Supplier<HostPorts> ports, List<Filter> plugIns) {
        Placement placement = shape.placement();
        fix(true, new ReadyFilter());
        change(!shape.reservations().equals(Resources.NONE), new ResourceFilter(shape.reservations()));
        fix(!shape.runtime().isEmpty(), new RuntimeFilter(shape.runtime()));
        List<String> drivers = drivers(cluster, shape.networks());
        fix(!drivers.isEmpty(), new NetworkDriverFilter(drivers));
        fix(!placement.constraints().isEmpty(), ConstraintFilter.of(placement.constraints()));
        fix(!placement.platforms().isEmpty(), new PlatformFilter(placement.platforms()));
        if (!shape.hostPorts().isEmpty()) {
            HostPortLedger ledger = ports.get();
            change(true, new HostPortFilter(shape.hostPorts(), ledger));
        }
        change(placement.maxReplicas() > 0, new MaxReplicasFilter(placement.maxReplicas()));
        plugIns.forEach(filter -> change(true, filter));
    }

    /** What never changes during a run allows it. */
    boolean admit(NodeView node, Task task) {
        return pass(fixed, node, task);
    }

    /** What changes with placements allows it now. */
    boolean accept(NodeView node, Task task) {
        return pass(changing, node, task);
    }

    /** Why none of these nodes, with the filter that ruled out most of them first, in SwarmKit's words. */
    String explain(NodeView view, IntStream nodes, Task task) {
        int[] refused = new int[all.size()];
        nodes.forEach(node -> {
            int first = firstRefusing(view.at(node), task);
            if (first >= 0) {
                refused[first]++;
            }
        });
        String reasons = IntStream.range(0, refused.length)
                .boxed()
                .filter(filter -> refused[filter] > 0)
                .sorted(Comparator.comparingInt(filter -> -refused[filter]))
                .map(filter -> all.get(filter).explain(refused[filter]))
                .reduce((left, right) -> left + "; " + right)
                .orElse("");
        return reasons.isEmpty() ? "no suitable node" : "no suitable node (" + reasons + ")";
    }

    private int firstRefusing(NodeView node, Task task) {
        for (int filter = 0; filter < all.size(); filter++) {
            if (!all.get(filter).accepts(node, task)) {
                return filter;
            }
        }
        return -1;
    }

    private void fix(boolean applies, Filter filter) {
        if (applies) {
            all.add(filter);
            fixed.add(filter);
        }
    }

    private void change(boolean applies, Filter filter) {
        if (applies) {
            all.add(filter);
            changing.add(filter);
        }
    }

    /** By index: a run asks millions of times, and an iterator each would be half the cost. */
    private static boolean pass(List<Filter> filters, NodeView node, Task task) {
        for (int i = 0; i < filters.size(); i++) {
            if (!filters.get(i).accepts(node, task)) {
                return false;
            }
        }
        return true;
    }

    private static List<String> drivers(Snapshot cluster, List<NetworkAttachmentConfig> networks) {
        return networks.stream()
                .flatMap(network -> cluster.find(Table.NETWORKS, network.target()).stream())
                .map((Network network) -> network.spec().driver())
                .filter(NetworkDriverFilter::isPlugIn)
                .distinct()
                .sorted()
                .toList();
    }
}
