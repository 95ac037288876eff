package io.skep.stack.compose.bind;

import io.skep.model.NetworkAttachmentConfig;
import io.skep.model.NetworkSpec;
import io.skep.model.SkepException;
import io.skep.model.net.Subnet;
import io.skep.stack.compose.tree.Node;
import io.skep.stack.compose.tree.Node.Entry;
import io.skep.stack.compose.tree.Node.Mapping;
import io.skep.stack.compose.tree.Node.Scalar;
import io.skep.stack.compose.tree.Node.Sequence;
import io.skep.stack.compose.tree.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The networks of a stack: those defined, those that services join, and hence those to be made. */
final class Networks {
    private static final String DEFAULT = "default";

    private final Scope scope;
    private final Values values;
    private final Map<String, Definition> definitions = new LinkedHashMap<>();
    private final Set<String> used = new LinkedHashSet<>();

    Networks(Scope scope, List<Entry> entries) {
        this.scope = scope;
        this.values = scope.values();
        entries.forEach(entry -> definitions.put(entry.key(), define(entry)));
    }

    /**
     * A network of the file.
     *
     * @param external is there already and only joined
     */
    private record Definition(NetworkSpec spec, boolean external) {}

    /** The networks that a service joins: those it names, or the stack's own. */
    List<NetworkAttachmentConfig> attach(Fields service, String serviceName) {
        List<NetworkAttachmentConfig> joined = new ArrayList<>();
        service.take("networks").ifPresent(node -> named(node)
                .forEach(entry -> join(entry, serviceName).ifPresent(joined::add)));
        if (joined.isEmpty()) {
            join(new Entry(service.place(), DEFAULT, nothing(service.place())), serviceName)
                    .ifPresent(joined::add);
        }
        return joined;
    }

    /** What services use and the swarm does not have by itself, in the order of the file. */
    List<NetworkSpec> toBeMade() {
        return definitions.entrySet().stream()
                .filter(entry ->
                        used.contains(entry.getKey()) && !entry.getValue().external())
                .map(entry -> entry.getValue().spec())
                .toList();
    }

    private List<Entry> named(Node node) {
        if (node instanceof Sequence sequence) {
            List<Entry> entries = new ArrayList<>();
            sequence.items().forEach(item -> values.text(item)
                    .ifPresent(name -> entries.add(new Entry(item.place(), name, nothing(item.place())))));
            return entries;
        }
        return values.entries(node);
    }

    private Optional<NetworkAttachmentConfig> join(Entry entry, String serviceName) {
        String name = entry.key();
        if (name.equals(DEFAULT)) {
            definitions.computeIfAbsent(name, key -> define(entry.with(nothing(entry.place()))));
        }
        Definition definition = definitions.get(name);
        if (definition == null) {
            values.findings()
                    .error(
                            entry.place(),
                            "there is no network \"" + name + "\"; define it under the top-level \"networks\""
                                    + Suggestion.didYouMean(name, definitions.keySet()));
            return Optional.empty();
        }
        used.add(name);
        return Optional.of(new NetworkAttachmentConfig(definition.spec().name(), aliases(entry, serviceName)));
    }

    private List<String> aliases(Entry entry, String serviceName) {
        Fields fields = new Fields(entry.value(), values);
        Set<String> aliases = new LinkedHashSet<>();
        fields.take("aliases").ifPresent(node -> aliases.addAll(values.texts(node)));
        aliases.add(serviceName);
        for (String key : List.of("ipv4_address", "ipv6_address", "link_local_ips", "mac_address")) {
            fields.ignore(key, "tasks get their addresses from the swarm; reach them by name");
        }
        fields.ignore("driver_opts", "options of network drivers are not supported yet");
        fields.ignore("priority", "the first network that is named carries the default route");
        fields.finish();
        return List.copyOf(aliases);
    }

    private Definition define(Entry entry) {
        Fields fields = new Fields(entry.value(), values);
        Optional<External> external = External.read(fields);
        String name = fields.take("name", values::text)
                .or(() -> external.flatMap(External::name))
                .orElse(external.isPresent() ? entry.key() : scope.scoped(entry.key()));
        NetworkSpec spec = spec(fields, name);
        if (external.isPresent()) {
            external.get().alone(fields, List.of("name", "external"));
        } else {
            scope.checkName(entry, name, name);
        }
        fields.finish();
        return new Definition(spec, external.isPresent());
    }

    private NetworkSpec spec(Fields fields, String name) {
        Fields ipam = fields.fields("ipam");
        Fields config = ipamConfig(ipam);
        String subnet = address(config, "subnet", Subnet::parse);
        String gateway = address(config, "gateway", Subnet::parseAddress);
        config.ignore("ip_range", "the swarm gives out addresses of the whole subnet");
        config.ignore("aux_addresses", "no address can be set aside");
        config.finish();
        ipam.finish();
        fields.fields("driver_opts")
                .refuse(
                        "encrypted",
                        "is not possible: packets between nodes are not encrypted; encrypt the wire under them, or use TLS,"
                                + " and leave it out");
        fields.ignore("driver_opts", "options of network drivers are not supported yet");
        fields.refuse("enable_ipv6", "is not supported yet; leave it out");
        return new NetworkSpec(
                name,
                scope.labelled(new Pairs(values).labels(fields.take("labels"))),
                fields.text("driver"),
                subnet,
                gateway,
                fields.flag("internal"),
                fields.flag("attachable"),
                false);
    }

    private Fields ipamConfig(Fields ipam) {
        ipam.ignore("driver", "the swarm manages addresses itself");
        ipam.ignore("options", "the swarm manages addresses itself");
        List<Node> configs = ipam.take("config").map(values::items).orElse(List.of());
        if (configs.size() > 1) {
            values.wrong(configs.get(1), "a network has one subnet; leave out the others");
        }
        return new Fields(configs.isEmpty() ? new Mapping(ipam.place(), List.of()) : configs.get(0), values);
    }

    private String address(Fields fields, String key, Consumer<String> check) {
        Optional<Node> node = fields.take(key);
        String text = node.flatMap(values::text).orElse("");
        try {
            if (!text.isEmpty()) {
                check.accept(text);
            }
        } catch (SkepException e) {
            node.ifPresent(found -> values.wrong(found, String.valueOf(e.getMessage())));
        }
        return text;
    }

    private static Node nothing(Place place) {
        return new Scalar(place, Scalar.Kind.NULL, "");
    }
}
