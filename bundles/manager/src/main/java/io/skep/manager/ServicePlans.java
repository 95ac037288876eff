package io.skep.manager;

import io.skep.model.ErrorCode;
import io.skep.model.Network;
import io.skep.model.NetworkAttachmentConfig;
import io.skep.model.PortConfig;
import io.skep.model.Service;
import io.skep.model.ServiceSpec;
import io.skep.model.SkepException;
import io.skep.model.TaskSpec;
import io.skep.model.table.Change;
import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What creating, updating and removing a service changes; pure. */
final class ServicePlans {
    private ServicePlans() {}

    static String idOf(String name, Ids ids) {
        return ids.of("service/" + name);
    }

    static List<Change> create(Snapshot cluster, Ids ids, ServiceSpec asked) {
        ServiceSpec spec = resolved(cluster, asked);
        ServiceRules.check(spec);
        cluster.serviceNamed(spec.name()).ifPresent(other -> {
            throw new SkepException(
                    ErrorCode.ALREADY_EXISTS,
                    "name conflicts with an existing object: service " + spec.name() + " already exists"
                            + (other.removing()
                                    ? " and is being removed; try again when its tasks have stopped"
                                    : "; update it or choose another name"));
        });
        String id = idOf(spec.name(), ids);
        ServiceRules.portsFree(cluster, id, spec);
        Service service = new Service(
                id, ids.now(), ids.now(), spec, 1, Optional.empty(), List.of(), List.of(), Optional.empty(), 0, false);
        List<Change> changes = networkChecks(cluster, spec);
        changes.add(new Change.Put<>(Table.SERVICES, service, Change.ABSENT));
        return changes;
    }

    static List<Change> update(Snapshot cluster, Ids ids, String serviceId, long version, ServiceSpec asked) {
        Service service = present(cluster, serviceId);
        ServiceSpec spec = resolved(cluster, asked);
        ServiceRules.check(spec);
        ServiceRules.sameMode(service, spec);
        ServiceRules.portsFree(cluster, serviceId, spec);
        if (spec.equals(service.spec())) {
            return List.of();
        }
        List<Change> changes = networkChecks(cluster, spec);
        changes.add(put(cluster, next(service, spec, Optional.of(service.spec()), ids), version));
        return changes;
    }

    static List<Change> rollback(Snapshot cluster, Ids ids, String serviceId) {
        Service service = present(cluster, serviceId);
        ServiceSpec previous = service.previousSpec()
                .orElseThrow(() -> new SkepException(
                        ErrorCode.WRONG_STATE,
                        "service " + service.spec().name() + " does not have a previous spec to go back to"));
        return List.of(put(cluster, next(service, previous, Optional.empty(), ids), Change.ANY));
    }

    static List<Change> remove(Snapshot cluster, Ids ids, String serviceId) {
        Service service = Lookup.service(cluster, serviceId);
        return service.removing() ? List.of() : List.of(put(cluster, service.asRemoving(ids.now()), Change.ANY));
    }

    /** Networks by their ids; a service that names none joins the swarm's own, so that every container has an address. */
    private static ServiceSpec resolved(Snapshot cluster, ServiceSpec spec) {
        TaskSpec task = spec.taskTemplate();
        List<NetworkAttachmentConfig> networks = new ArrayList<>();
        for (NetworkAttachmentConfig asked : task.networks()) {
            Network network = Lookup.network(cluster, asked.target());
            if (network.removing()) {
                throw new SkepException(
                        ErrorCode.WRONG_STATE, "network " + network.spec().name() + " is being removed");
            }
            networks.add(new NetworkAttachmentConfig(network.id(), asked.aliases()));
        }
        if (networks.isEmpty()) {
            NetworkPlans.ingress(cluster)
                    .ifPresent(network -> networks.add(new NetworkAttachmentConfig(network.id(), List.of())));
        }
        return spec.withTaskTemplate(task.withNetworks(networks));
    }

    /** What was published stays published while the spec asks for it: what is kept is not chosen anew. */
    private static Service next(Service service, ServiceSpec spec, Optional<ServiceSpec> previous, Ids ids) {
        boolean samePorts = spec.endpointSpec().equals(service.spec().endpointSpec());
        boolean sameNetworks = spec.taskTemplate()
                        .networks()
                        .equals(service.spec().taskTemplate().networks())
                && spec.endpointSpec().mode() == service.spec().endpointSpec().mode();
        List<PortConfig> ports = samePorts ? service.ports() : List.of();
        return new Service(
                service.id(),
                service.createdAt(),
                ids.now(),
                spec,
                service.specVersion() + 1,
                previous,
                ports,
                sameNetworks ? service.virtualIps() : List.of(),
                Optional.empty(),
                service.jobIteration(),
                false);
    }

    private static Service present(Snapshot cluster, String serviceId) {
        Service service = Lookup.service(cluster, serviceId);
        if (service.removing()) {
            throw new SkepException(
                    ErrorCode.WRONG_STATE, "service " + service.spec().name() + " is being removed");
        }
        return service;
    }

    private static Change put(Snapshot cluster, Service service, long version) {
        long expected = version == Change.ANY ? cluster.versionOf(Table.SERVICES, service.id()) : version;
        return new Change.Put<>(Table.SERVICES, service, expected);
    }

    private static List<Change> networkChecks(Snapshot cluster, ServiceSpec spec) {
        List<Change> checks = new ArrayList<>();
        for (NetworkAttachmentConfig network : spec.taskTemplate().networks()) {
            checks.add(new Change.Check(
                    Table.NETWORKS, network.target(), cluster.versionOf(Table.NETWORKS, network.target())));
        }
        return checks;
    }
}
