package io.skep.manager;

import io.skep.api.runtime.ContainerRuntime;
import io.skep.model.Config;
import io.skep.model.ConfigReference;
import io.skep.model.ContainerSpec;
import io.skep.model.ErrorCode;
import io.skep.model.Network;
import io.skep.model.NetworkAttachmentConfig;
import io.skep.model.Secret;
import io.skep.model.SecretReference;
import io.skep.model.Service;
import io.skep.model.ServiceMode;
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
        List<Change> changes = checks(cluster, spec);
        changes.add(Claim.of(cluster));
        changes.add(new Change.Put<>(Table.SERVICES, service, Change.ABSENT));
        return changes;
    }

    static List<Change> update(Snapshot cluster, Ids ids, String serviceId, long version, ServiceSpec asked) {
        Service service = present(cluster, serviceId);
        ServiceSpec spec = resolved(cluster, asked);
        ServiceRules.check(spec);
        ServiceRules.sameMode(service, spec);
        return spec.equals(service.spec())
                ? List.of()
                : replaced(cluster, service, spec, Optional.of(service.spec()), ids, version);
    }

    private static List<Change> replaced(
            Snapshot cluster,
            Service service,
            ServiceSpec spec,
            Optional<ServiceSpec> previous,
            Ids ids,
            long version) {
        ServiceRules.portsFree(cluster, service.id(), spec);
        List<Change> changes = checks(cluster, spec);
        if (claims(service.spec(), spec)) {
            changes.add(Claim.of(cluster));
        }
        changes.add(put(cluster, next(service, spec, previous, ids), version));
        return changes;
    }

    static List<Change> rollback(Snapshot cluster, Ids ids, String serviceId) {
        Service service = present(cluster, serviceId);
        ServiceSpec previous = service.previousSpec()
                .orElseThrow(() -> new SkepException(
                        ErrorCode.WRONG_STATE,
                        "service " + service.spec().name() + " does not have a previous spec to go back to"));
        return replaced(cluster, service, resolved(cluster, previous), Optional.empty(), ids, Change.ANY);
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
            Network network = joinable(cluster, asked.target());
            if (networks.stream().anyMatch(joined -> joined.target().equals(network.id()))) {
                throw new SkepException(
                        ErrorCode.INVALID_ARGUMENT,
                        "network " + network.spec().name() + " is named twice; name it once, with all its aliases");
            }
            networks.add(new NetworkAttachmentConfig(network.id(), asked.aliases()));
        }
        if (networks.isEmpty()) {
            NetworkPlans.ingress(cluster)
                    .ifPresent(network -> networks.add(new NetworkAttachmentConfig(network.id(), List.of())));
        }
        return spec.withTaskTemplate(task.withNetworks(networks)
                .withRuntime(runtime(spec))
                .withContainer(files(cluster, task.containerSpec())));
    }

    /** Secrets and configs by their ids. */
    private static ContainerSpec files(Snapshot cluster, ContainerSpec container) {
        List<SecretReference> secrets = container.secrets().stream()
                .map(asked -> {
                    Secret secret = Lookup.secret(cluster, asked.secretId());
                    return new SecretReference(
                            asked.file(), secret.id(), secret.spec().name());
                })
                .toList();
        List<ConfigReference> configs = container.configs().stream()
                .map(asked -> {
                    Config config = Lookup.config(cluster, asked.configId());
                    return new ConfigReference(
                            asked.file(), config.id(), config.spec().name());
                })
                .toList();
        return container.withFiles(secrets, configs);
    }

    /** A label names the runtime as well as the spec's own field does, which wins; neither leaves it to the node. */
    private static String runtime(ServiceSpec spec) {
        String named = spec.taskTemplate().runtime();
        return named.isEmpty() ? spec.labels().getOrDefault(ContainerRuntime.LABEL, "") : named;
    }

    private static Network joinable(Snapshot cluster, String reference) {
        Network network = Lookup.network(cluster, reference);
        if (network.removing()) {
            throw new SkepException(
                    ErrorCode.WRONG_STATE,
                    "network " + network.spec().name() + " is being removed; try again in a moment");
        }
        return network;
    }

    private static boolean claims(ServiceSpec before, ServiceSpec spec) {
        return !spec.endpointSpec().ports().equals(before.endpointSpec().ports())
                || !spec.taskTemplate().networks().equals(before.taskTemplate().networks())
                || !files(spec).equals(files(before));
    }

    /** Whoever removes one looks at the services, and nothing of a service's row tells it that one more is used. */
    private static List<Object> files(ServiceSpec spec) {
        ContainerSpec container = spec.taskTemplate().containerSpec();
        return List.of(container.secrets(), container.configs());
    }

    /** Ports and addresses stay until the allocator has chosen by the new spec, so that what is published both before and after never fails. */
    private static Service next(Service service, ServiceSpec spec, Optional<ServiceSpec> previous, Ids ids) {
        return new Service(
                service.id(),
                service.createdAt(),
                ids.now(),
                spec,
                service.specVersion() + 1,
                previous,
                service.ports(),
                service.virtualIps(),
                Optional.empty(),
                service.jobIteration() + (job(spec) ? 1 : 0),
                false);
    }

    /** A job that is updated runs again. */
    private static boolean job(ServiceSpec spec) {
        ServiceMode.Kind kind = spec.mode().kind();
        return kind == ServiceMode.Kind.REPLICATED_JOB || kind == ServiceMode.Kind.GLOBAL_JOB;
    }

    private static Service present(Snapshot cluster, String serviceId) {
        Service service = Lookup.service(cluster, serviceId);
        if (service.removing()) {
            throw new SkepException(
                    ErrorCode.WRONG_STATE,
                    "service " + service.spec().name() + " is being removed; try again in a moment");
        }
        return service;
    }

    private static Change put(Snapshot cluster, Service service, long version) {
        long expected = version == Change.ANY ? cluster.versionOf(Table.SERVICES, service.id()) : version;
        return new Change.Put<>(Table.SERVICES, service, expected);
    }

    /** What the service refers to may not go while it is created. */
    private static List<Change> checks(Snapshot cluster, ServiceSpec spec) {
        List<Change> checks = new ArrayList<>();
        TaskSpec task = spec.taskTemplate();
        task.networks().forEach(network -> checks.add(check(cluster, Table.NETWORKS, network.target())));
        ContainerSpec container = task.containerSpec();
        container.secrets().forEach(secret -> checks.add(check(cluster, Table.SECRETS, secret.secretId())));
        container.configs().forEach(config -> checks.add(check(cluster, Table.CONFIGS, config.configId())));
        return checks;
    }

    private static Change check(Snapshot cluster, Table<?> table, String id) {
        return new Change.Check(table, id, cluster.versionOf(table, id));
    }
}
