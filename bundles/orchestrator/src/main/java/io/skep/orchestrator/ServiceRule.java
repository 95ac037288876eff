package io.skep.orchestrator;

import io.skep.api.orchestration.Context;
import io.skep.api.orchestration.Decision;
import io.skep.api.orchestration.Subject;
import io.skep.model.Task;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A rule about one service and its tasks. */
@FunctionalInterface
interface ServiceRule {
    /** Adds to the draft what the rule wants. */
    void decide(ServiceView view, TaskFactory factory, Draft draft);

    /** Applies the rule to the service that the subject is, if there is one and it is not on its way out. */
    static Decision ofService(Snapshot cluster, Subject subject, Context context, ServiceRule rule) {
        return subject instanceof Subject.OfService
                ? apply(cluster, List.of(subject.id()), context, rule)
                : Decision.NOTHING;
    }

    /** The same; a node as the subject stands for the services that have tasks on it. */
    static Decision ofServiceOrNode(Snapshot cluster, Subject subject, Context context, ServiceRule rule) {
        return subject instanceof Subject.OfNode
                ? apply(cluster, servicesOn(cluster, subject.id()), context, rule)
                : ofService(cluster, subject, context, rule);
    }

    /** Applies the rule to services, until the draft is full. */
    static Decision apply(Snapshot cluster, Collection<String> serviceIds, Context context, ServiceRule rule) {
        Nodes nodes = new Nodes(cluster);
        Addresses addresses = new Addresses(cluster);
        Draft draft = new Draft(cluster);
        for (String id : serviceIds) {
            cluster.find(Table.SERVICES, id)
                    .filter(service -> !service.removing() && !draft.full())
                    .map(service -> new ServiceView(cluster, service, context, nodes))
                    .ifPresent(view -> rule.decide(view, new TaskFactory(view, addresses), draft));
        }
        return draft.decision();
    }

    /** The services of a node's tasks. */
    static Set<String> servicesOn(Snapshot cluster, String nodeId) {
        Set<String> services = new TreeSet<>();
        for (Task task : cluster.tasksOfNode(nodeId)) {
            services.add(task.serviceId());
        }
        return services;
    }
}
