package io.skep.manager;

import io.skep.api.stack.StackSpec;
import io.skep.model.Config;
import io.skep.model.ErrorCode;
import io.skep.model.Network;
import io.skep.model.NetworkSpec;
import io.skep.model.Secret;
import io.skep.model.Service;
import io.skep.model.ServiceSpec;
import io.skep.model.SkepException;
import io.skep.model.net.Subnet;
import io.skep.model.table.Change;
import io.skep.model.table.Row;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What deploying and removing a stack changes, as one transaction; pure. */
final class StackPlans {
    private static final Kind<Network> NETWORKS = new Kind<>(
            Table.NETWORKS, row -> row.spec().labels(), row -> row.spec().name(), Network::removing);
    private static final Kind<Service> SERVICES = new Kind<>(
            Table.SERVICES, row -> row.spec().labels(), row -> row.spec().name(), Service::removing);

    private static final Kind<Secret> SECRETS = new Kind<>(
            Table.SECRETS, row -> row.spec().labels(), row -> row.spec().name(), row -> false);
    private static final Kind<Config> CONFIGS = new Kind<>(
            Table.CONFIGS, row -> row.spec().labels(), row -> row.spec().name(), row -> false);

    private StackPlans() {}

    /** Each step sees the state that the steps before it make. */
    static List<Change> deploy(Snapshot cluster, Ids ids, StackSpec stack, boolean prune, List<Subnet> host) {
        Steps steps = new Steps(cluster);
        for (NetworkSpec network : stack.networks()) {
            if (steps.state.networkNamed(network.name()).isEmpty()) {
                steps.add(NetworkPlans.create(steps.state, ids, network, host));
            }
        }
        stack.secrets().forEach(secret -> steps.add(StackDataPlans.SECRETS.put(steps.state, ids, secret)));
        stack.configs().forEach(config -> steps.add(StackDataPlans.CONFIGS.put(steps.state, ids, config)));
        for (ServiceSpec spec : stack.services()) {
            Optional<Service> known = steps.state.serviceNamed(spec.name());
            steps.add(
                    known.isEmpty()
                            ? ServicePlans.create(steps.state, ids, spec)
                            : ServicePlans.update(steps.state, ids, known.get().id(), Change.ANY, spec));
        }
        if (prune) {
            prune(steps, ids, stack);
        }
        return steps.changes();
    }

    static List<Change> remove(Snapshot cluster, Ids ids, String stackName) {
        List<Service> services = SERVICES.of(cluster, stackName);
        List<Network> networks = NETWORKS.of(cluster, stackName);
        List<Secret> secrets = SECRETS.of(cluster, stackName);
        List<Config> configs = CONFIGS.of(cluster, stackName);
        if (services.isEmpty() && networks.isEmpty() && secrets.isEmpty() && configs.isEmpty()) {
            throw new SkepException(
                    ErrorCode.NOT_FOUND,
                    "nothing found in stack: " + stackName + "; swarm:stack-ls shows those there are");
        }
        Steps steps = new Steps(cluster);
        services.forEach(service -> steps.add(ServicePlans.remove(steps.state, ids, service.id())));
        secrets.forEach(secret -> steps.add(DataPlans.SECRETS.remove(steps.state, secret)));
        configs.forEach(config -> steps.add(DataPlans.CONFIGS.remove(steps.state, config)));
        networks.forEach(network -> steps.add(NetworkPlans.remove(steps.state, network.id())));
        return steps.changes();
    }

    /** What docker stack deploy and rm print. */
    static List<String> lines(Snapshot before, Snapshot after, String stackName) {
        List<String> lines = new ArrayList<>();
        describe(lines, NETWORKS, before, after, stackName);
        describe(lines, SECRETS, before, after, stackName);
        describe(lines, CONFIGS, before, after, stackName);
        describe(lines, SERVICES, before, after, stackName);
        return lines;
    }

    private static <R extends Row> void describe(
            List<String> lines, Kind<R> kind, Snapshot before, Snapshot after, String stackName) {
        Table<R> table = kind.table();
        for (R row : kind.of(after, stackName)) {
            Optional<R> old = before.find(table, row.id());
            if (old.isEmpty()) {
                lines.add("Creating " + table + " " + kind.name().apply(row));
            } else if (kind.removing().test(row) && !kind.removing().test(old.get())) {
                lines.add("Removing " + table + " " + kind.name().apply(row));
            } else if (before.versionOf(table, row.id()) != after.versionOf(table, row.id())) {
                lines.add("Updating " + table + " " + kind.name().apply(row));
            }
        }
        for (R row : kind.of(before, stackName)) {
            if (after.find(table, row.id()).isEmpty() && !kind.removing().test(row)) {
                lines.add("Removing " + table + " " + kind.name().apply(row));
            }
        }
    }

    private static void prune(Steps steps, Ids ids, StackSpec stack) {
        Set<String> kept =
                stack.services().stream().map(ServiceSpec::name).collect(Collectors.toCollection(HashSet::new));
        for (Service service : SERVICES.of(steps.state, stack.name())) {
            if (!kept.contains(service.spec().name())) {
                steps.add(ServicePlans.remove(steps.state, ids, service.id()));
            }
        }
    }

    /** What a stack is made of, and how it is told apart. */
    private record Kind<R extends Row>(
            Table<R> table, Function<R, Map<String, String>> labels, Function<R, String> name, Predicate<R> removing) {
        List<R> of(Snapshot cluster, String stackName) {
            return cluster.all(table).stream()
                    .filter(row -> stackName.equals(labels.apply(row).get(StackSpec.LABEL)))
                    .toList();
        }
    }

    /** Changes that build on one another, and the state that they lead to. */
    private static final class Steps {
        private final Snapshot before;
        private final List<Change> changes = new ArrayList<>();
        private Snapshot state;

        Steps(Snapshot before) {
            this.before = before;
            this.state = before;
        }

        void add(List<Change> step) {
            List<Change> further = claimed()
                    ? step.stream()
                            .filter(change -> change.table() != Table.SWARM)
                            .toList()
                    : step;
            changes.addAll(further);
            state = state.apply(further);
        }

        /** One claim is enough for all steps. */
        private boolean claimed() {
            return changes.stream().anyMatch(change -> change.table() == Table.SWARM);
        }

        /** Versions as they were before the first step: what the steps made themselves needs no check. */
        List<Change> changes() {
            return changes.stream()
                    .filter(change -> !(change instanceof Change.Check)
                            || change.expected() == before.versionOf(change.table(), change.id()))
                    .toList();
        }
    }
}
