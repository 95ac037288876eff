package io.skep.gossip.atomix;

import io.skep.api.identity.LocalNode;
import io.skep.api.identity.SwarmFacts;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** Turns the configuration into settings, or says which line is wrong. */
final class Configuration {
    private Configuration() {}

    static GossipSettings settings(LocalNode node, GossipConfig config) {
        InetAddress bind = config.bind().isBlank() ? node.listenAddress().getAddress() : address("bind", config.bind());
        String advertise = config.address().isBlank() ? node.advertiseAddress() : config.address();
        return new GossipSettings(
                node.nodeId(),
                new KeyRing(node.facts().gossipKeys()),
                bind,
                within("port", config.port(), 0, 65_535),
                address("address", advertise).getHostAddress(),
                System.currentTimeMillis(),
                GossipSettings.Pace.of(
                        Duration.ofMillis(within("probe.interval.millis", config.probe_interval_millis(), 50, 10_000)),
                        Duration.ofMillis(
                                within("failure.timeout.millis", config.failure_timeout_millis(), 200, 60_000))));
    }

    /** Where managers gossip: on the port that this node has, unless it took any. */
    static List<Endpoint> managers(SwarmFacts facts, int port) {
        return port == 0
                ? List.of()
                : facts.managers().stream()
                        .map(manager -> manager.address())
                        .map(at -> Endpoint.parse(at.substring(0, at.lastIndexOf(':')) + ":" + port))
                        .toList();
    }

    private static InetAddress address(String name, String value) {
        try {
            return InetAddress.getByName(value);
        } catch (UnknownHostException e) {
            throw refused(name, value, "an address of this host");
        }
    }

    private static int within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw refused(name, String.valueOf(value), "a number from " + least + " to " + most);
        }
        return value;
    }

    private static SkepException refused(String name, String value, String wanted) {
        return new SkepException(
                ErrorCode.INVALID_ARGUMENT,
                "in io.skep.gossip.atomix.cfg, " + name + " = " + value + " is not " + wanted
                        + "; correct it and save");
    }
}
