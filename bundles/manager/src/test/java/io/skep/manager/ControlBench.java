package io.skep.manager;

import io.skep.api.stack.StackSpec;
import io.skep.model.Config;
import io.skep.model.ContainerSpec;
import io.skep.model.DataSpec;
import io.skep.model.Network;
import io.skep.model.NetworkAttachmentConfig;
import io.skep.model.NetworkSpec;
import io.skep.model.PortConfig;
import io.skep.model.Secret;
import io.skep.model.Service;
import io.skep.model.ServiceSpec;
import io.skep.model.SkepException;
import io.skep.model.Swarm;
import io.skep.model.VirtualIp;
import io.skep.model.net.Subnet;
import io.skep.model.table.Change;
import io.skep.model.table.Lookup;
import io.skep.model.table.Row;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Operators' requests as lines of a table, planned and applied one after another; each line answers with the changes that it makes. */
final class ControlBench implements Function<String, String> {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<Subnet> HOST = List.of(Subnet.parse("10.0.0.0/24"));

    private Snapshot cluster = Snapshot.empty();
    private int requests;

    /** A founded swarm: {@code 10.0.0.0/24} is the host's own, the ingress network has the first subnet after it. */
    static ControlBench founded() {
        ControlBench bench = new ControlBench();
        Network ingress = new Network(
                "ingress-id", NOW, SpecText.of("ingress ingress").network(), "10.0.1.0/24", "10.0.1.1", 4096, false);
        bench.cluster = Snapshot.empty()
                .apply(List.of(
                        new Change.Put<>(Table.SWARM, Swarm.founded("swarm", NOW), Change.ABSENT),
                        new Change.Put<>(Table.NETWORKS, ingress, Change.ABSENT)));
        return bench;
    }

    @Override
    public String apply(String input) {
        List<String> lines = new ArrayList<>(input.lines().toList());
        List<String> output = new ArrayList<>();
        while (!lines.isEmpty()) {
            String line = lines.remove(0);
            List<String> block = new ArrayList<>();
            while (!lines.isEmpty() && lines.get(0).startsWith(" ")) {
                block.add(lines.remove(0).strip());
            }
            output.add(answer(line, block));
        }
        return String.join("\n", output);
    }

    private String answer(String line, List<String> block) {
        String verb = line.split(" ", 2)[0];
        String rest = line.substring(verb.length()).strip();
        Snapshot before = cluster;
        try {
            List<Change> changes = plan(verb, rest, block);
            Optional<Change> conflict = cluster.conflict(changes);
            if (conflict.isPresent()) {
                return "conflict at a " + conflict.get().table() + " of version "
                        + conflict.get().expected();
            }
            cluster = changes.isEmpty() ? cluster : cluster.apply(changes);
            String told = changes.stream().map(this::describe).collect(Collectors.joining("\n"));
            return changes.isEmpty() ? "nothing changes" : told + lines(verb, rest, before);
        } catch (SkepException e) {
            return e.code() + ": " + e.getMessage();
        }
    }

    private String lines(String verb, String rest, Snapshot before) {
        return verb.startsWith("stack")
                ? StackPlans.lines(before, cluster, rest.split(" ", 2)[0]).stream()
                        .map(line -> "\n| " + line)
                        .collect(Collectors.joining())
                : "";
    }

    private List<Change> plan(String verb, String rest, List<String> block) {
        Ids ids = new Ids("request-" + ++requests, NOW.plusSeconds(requests));
        SpecText text = SpecText.of(rest);
        return switch (verb) {
            case "network" -> NetworkPlans.create(cluster, ids, text.network(), HOST);
            case "network-rm" -> NetworkPlans.remove(cluster, text.name());
            case "service" -> ServicePlans.create(cluster, ids, text.service());
            case "update" -> ServicePlans.update(cluster, ids, service(text).id(), Change.ANY, text.service());
            case "outdated" -> ServicePlans.update(cluster, ids, service(text).id(), 1, text.service());
            case "rollback" -> ServicePlans.rollback(cluster, ids, service(text).id());
            case "service-rm" -> ServicePlans.remove(cluster, ids, service(text).id());
            case "stack" -> StackPlans.deploy(cluster, ids, stack(text, block), rest.endsWith("prune"), HOST);
            case "stack-rm" -> StackPlans.remove(cluster, ids, text.name());
            case "secret" -> DataPlans.SECRETS.create(cluster, ids, text.data(), text.bytes());
            case "secret-update" ->
                DataPlans.SECRETS.update(cluster, ids, Lookup.secret(cluster, text.name()), Change.ANY, text.data());
            case "secret-rename" ->
                DataPlans.SECRETS.update(
                        cluster,
                        ids,
                        Lookup.secret(cluster, text.name()),
                        Change.ANY,
                        new DataSpec("another", Map.of()));
            case "secret-rm" -> DataPlans.SECRETS.remove(cluster, Lookup.secret(cluster, text.name()));
            case "config" -> DataPlans.CONFIGS.create(cluster, ids, text.data(), text.bytes());
            case "config-rm" -> DataPlans.CONFIGS.remove(cluster, Lookup.config(cluster, text.name()));
            case "allocated" -> List.of(new Change.Put<>(Table.SERVICES, allocated(service(text)), Change.ANY));
            case "gone" ->
                List.of(new Change.Remove(Table.SERVICES, service(text).id(), Change.ANY));
            default -> throw new IllegalArgumentException("no request: " + verb);
        };
    }

    private Service service(SpecText text) {
        return Lookup.service(cluster, text.name());
    }

    private static Service allocated(Service service) {
        int[] next = {30_000};
        List<PortConfig> ports = service.spec().endpointSpec().ports().stream()
                .map(port -> port.publishedPort() == 0 ? port.withPublishedPort(next[0]++) : port)
                .toList();
        return service.withEndpoint(ports, List.of(new VirtualIp("ingress-id", "10.0.1.9")));
    }

    private static StackSpec stack(SpecText text, List<String> block) {
        List<NetworkSpec> networks = new ArrayList<>();
        List<ServiceSpec> services = new ArrayList<>();
        for (String line : block) {
            String[] words = line.split(" ", 2);
            SpecText spec = SpecText.of(words[1] + " stack=" + text.name());
            if (words[0].equals("network")) {
                networks.add(spec.network());
            } else {
                services.add(spec.service());
            }
        }
        return new StackSpec(text.name(), networks, services);
    }

    private String describe(Change change) {
        if (change instanceof Change.Put<?> put) {
            return describe(put.row());
        }
        String name = cluster.find(Table.NETWORKS, change.id())
                .map(network -> network.spec().name())
                .or(() -> cluster.find(Table.SECRETS, change.id())
                        .map(secret -> secret.spec().name()))
                .or(() -> cluster.find(Table.CONFIGS, change.id())
                        .map(config -> config.spec().name()))
                .orElse(change.id());
        return change.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " " + change.table() + " " + name;
    }

    private String describe(Row row) {
        if (row instanceof Service service) {
            return "service " + service.spec().name() + " v" + service.specVersion() + " "
                    + service.spec().taskTemplate().containerSpec().image() + " x"
                    + service.spec().mode().replicas() + " in " + networks(service)
                    + (service.ports().isEmpty() ? "" : " ports " + ports(service))
                    + (service.virtualIps().isEmpty()
                            ? ""
                            : " at " + service.virtualIps().get(0).addr())
                    + files(service.spec().taskTemplate().containerSpec())
                    + (service.previousSpec().isPresent() ? " can go back" : "")
                    + (service.removing() ? " removing" : "");
        }
        if (row instanceof Network network) {
            return "network " + network.spec().name() + " " + network.subnet() + " gateway " + network.gateway()
                    + (network.removing() ? " removing" : "");
        }
        if (row instanceof Secret secret) {
            return "secret " + secret.spec().name() + " " + secret.spec().labels();
        }
        if (row instanceof Config config) {
            return "config " + config.spec().name() + " " + config.spec().labels();
        }
        return row instanceof Swarm ? "claim" : row.toString();
    }

    private static String files(ContainerSpec container) {
        return container.secrets().stream()
                        .map(secret -> " reads " + secret.secretName() + " at "
                                + secret.file().name())
                        .collect(Collectors.joining())
                + container.configs().stream()
                        .map(config -> " reads " + config.configName() + " at "
                                + config.file().name())
                        .collect(Collectors.joining());
    }

    private String networks(Service service) {
        return service.spec().taskTemplate().networks().stream()
                .map(NetworkAttachmentConfig::target)
                .map(id -> Lookup.network(cluster, id).spec().name())
                .toList()
                .toString();
    }

    private static String ports(Service service) {
        return service.ports().stream()
                .map(port -> port.publishedPort() + ":" + port.targetPort())
                .toList()
                .toString();
    }
}
