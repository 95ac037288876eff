package io.skep.stack.compose.bind;

import io.skep.model.PortConfig;
import io.skep.model.PortConfig.Protocol;
import io.skep.model.PortConfig.PublishMode;
import io.skep.stack.compose.tree.Node;
import io.skep.stack.compose.tree.Node.Mapping;
import io.skep.stack.compose.tree.Place;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The published ports of a service. */
final class Ports {
    private static final int MOST = 65_535;

    private final Values values;

    Ports(Values values) {
        this.values = values;
    }

    /** By published port; a later file's port replaces an earlier one's, within a file that is an error. */
    List<PortConfig> read(Optional<Node> node) {
        Map<String, PortConfig> ports = new LinkedHashMap<>();
        Map<String, Place> places = new LinkedHashMap<>();
        for (Node item : node.map(values::items).orElse(List.of())) {
            port(item).forEach(port -> put(item.place(), port, ports, places));
        }
        return ports.values().stream()
                .sorted(Comparator.comparingInt(PortConfig::publishedPort).thenComparingInt(PortConfig::targetPort))
                .toList();
    }

    private void put(Place place, PortConfig port, Map<String, PortConfig> ports, Map<String, Place> places) {
        String protocol = port.protocol().name().toLowerCase(Locale.ROOT);
        String key = port.publishedPort() == 0
                ? "to " + port.targetPort() + "/" + protocol
                : port.publishedPort() + "/" + protocol;
        Place other = places.put(key, place);
        if (other != null && other.path().equals(place.path()) && !other.equals(place)) {
            values.findings()
                    .error(
                            place,
                            "the port " + key + " is published in line " + other.line() + " already; keep one of them");
        }
        ports.put(key, port);
    }

    private List<PortConfig> port(Node item) {
        if (item instanceof Mapping) {
            return longForm(new Fields(item, values)).stream().toList();
        }
        return values.text(item)
                .map(text -> new ShortPort(values, item, text).read())
                .orElse(List.of());
    }

    private Optional<PortConfig> longForm(Fields fields) {
        if (fields.entry("target").isEmpty()) {
            fields.findings().error(fields.place(), "a port needs a \"target\", the port in the container");
        }
        Optional<Integer> target = fields.take("target", node -> values.integer(node, 1, MOST));
        int published =
                fields.take("published", node -> values.integer(node, 0, MOST)).orElse(0);
        Protocol protocol = fields.take("protocol", node -> values.word(node, Protocol.class))
                .orElse(Protocol.TCP);
        PublishMode mode = fields.take("mode", node -> values.word(node, PublishMode.class))
                .orElse(PublishMode.INGRESS);
        String name = fields.text("name");
        fields.ignore("host_ip", "the port is published on all addresses");
        fields.ignore("app_protocol", "it has no effect");
        fields.finish();
        return target.map(port -> new PortConfig(name, protocol, port, published, mode));
    }
}
