package io.skep.itests.karaf;

import java.util.Map;
import java.util.Set;

/** What is known of commands: their arguments while the {@link Shop} is open, and what they answer then. Lines that are alike are separated by bars. */
final class Known {
    /** What listings and inspections take. */
    static final Map<String, String> ARGUMENTS = Map.of(
            "config-inspect", Shop.CONFIG,
            "network-inspect", Shop.NETWORK,
            "node-inspect", "self",
            "secret-inspect", Shop.SECRET,
            "service-inspect", Shop.WEB,
            "service-ps", Shop.WEB,
            "stack-config", "-c " + Shop.FILE,
            "stack-ps", Shop.STACK,
            "stack-services", Shop.STACK,
            "task-inspect", Shop.WEB + ".1");

    /** What docker prints above its tables; Skep's own columns come last. */
    static final Map<String, String> HEADINGS = Map.of(
            "config-ls",
            "ID|NAME|CREATED|UPDATED",
            "image-ls",
            "REPOSITORY|TAG|IMAGE ID|CREATED|SIZE",
            "network-ls",
            "NETWORK ID|NAME|DRIVER|SCOPE|SUBNET",
            "node-ls",
            "ID|HOSTNAME|STATUS|AVAILABILITY|MANAGER STATUS|ENGINE VERSION",
            "runtime-ls",
            "NAME|VERSION|STATUS",
            "service-ls",
            "ID|NAME|MODE|REPLICAS|IMAGE|PORTS",
            "stack-ls",
            "NAME|SERVICES",
            "stack-ps " + Shop.STACK,
            "ID|NAME|IMAGE|NODE|DESIRED STATE|CURRENT STATE|ERROR|PORTS",
            "stack-services " + Shop.STACK,
            "ID|NAME|MODE|REPLICAS|IMAGE|PORTS",
            "task-ls",
            "ID|NAME|IMAGE|NODE|DESIRED STATE|CURRENT STATE|ERROR|PORTS");

    /** Commands that take a name, and what shows the names there are. */
    static final Map<String, String> LISTINGS = Map.of(
            "config-inspect|config-rm", "swarm:config-ls",
            "image-rm", "swarm:image-ls",
            "network-inspect|network-rm|service-create --network nosuch a:1", "swarm:network-ls",
            "node-inspect|node-rm|node-promote|node-demote|node-update --availability drain", "swarm:node-ls",
            "secret-inspect|secret-rm|service-create --secret nosuch a:1", "swarm:secret-ls",
            "service-inspect|service-ps|service-logs|service-rm|service-update --replicas 2", "swarm:service-ls",
            "stack-ps|stack-services|stack-rm", "swarm:stack-ls",
            "task-inspect", "swarm:task-ls",
            "strategy-use", "spread",
            "consensus-use", "skep-consensus-nosuch");

    /** The names that are offered at the end of a line. */
    static final Map<String, Set<String>> NAMES = Map.of(
            "service-inspect|service-ps|service-rm|service-update", Set.of(Shop.WEB, Shop.SPEAKER),
            "service-scale", Set.of(Shop.WEB + "=", Shop.SPEAKER + "="),
            "service-logs", Set.of(Shop.WEB, Shop.SPEAKER, Shop.WEB + ".1", Shop.WEB + ".2", Shop.SPEAKER + ".1"),
            "stack-ps|stack-rm|stack-services", Set.of(Shop.STACK),
            "secret-inspect|secret-rm|service-create --secret", Set.of(Shop.SECRET),
            "config-inspect|config-rm|service-create --config", Set.of(Shop.CONFIG),
            "image-rm|service-create|service-update --image", Set.of(BusyboxImage.NAME),
            "strategy-use", Set.of("binpack", "random", "spread"),
            "service-create --runtime", Set.of("oci", "process"),
            "consensus-use", Set.of("atomix", "ratis"));

    private Known() {}
}
