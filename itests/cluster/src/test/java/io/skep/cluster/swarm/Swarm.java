package io.skep.cluster.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.Lab;
import io.skep.cluster.lab.Lines;
import io.skep.cluster.lab.Watch;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** A swarm on the hosts of a lab: the first of them manage it, the others work. */
final class Swarm {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PORT = ":2377";

    private final Lab lab;
    private final int managers;

    private Swarm(Lab lab, int managers) {
        this.lab = lab;
        this.managers = managers;
    }

    /** Starts all hosts and lets them form a swarm, with an image to run. */
    static Swarm form(Lab lab, int managers) throws InterruptedException {
        lab.up();
        Swarm swarm = found(lab, managers);
        for (Host host : swarm.workers()) {
            swarm.join(host, "worker");
        }
        swarm.await("all are ready", () -> swarm.ready() == lab.hosts().size());
        lab.hosts().forEach(Image::load);
        return swarm;
    }

    /** Lets the managers, which are on, form a swarm of their own. */
    static Swarm found(Lab lab, int managers) {
        Swarm swarm = new Swarm(lab, managers);
        Host first = lab.host(1);
        first.skep("swarm:init", "--advertise-addr", first.address()).text();
        for (Host host : lab.hosts().subList(1, managers)) {
            swarm.join(host, "manager");
        }
        return swarm;
    }

    /** Lets a host join, through the first. */
    void join(Host host, String role) {
        host.skep("swarm:join", "--token", token(role), lab.host(1).address() + PORT)
                .text();
    }

    String token(String role) {
        return lab.host(1).skep("swarm:join-token", "-q", role).text();
    }

    List<Host> managers() {
        return lab.hosts().subList(0, managers);
    }

    List<Host> workers() {
        return lab.hosts().subList(managers, lab.hosts().size());
    }

    /** Cuts a host off from all others. */
    void isolate(Host host) {
        lab.network().isolate(host.number());
    }

    /** Ends every cut. */
    void heal() {
        lab.network().heal();
    }

    /** Waits until something holds that shows in the state of the swarm. */
    void await(String what, BooleanSupplier holds) throws InterruptedException {
        awaitAt(lab.host(1), what, holds);
    }

    /** The same by a manager that is reached meanwhile. */
    static void awaitAt(Host manager, String what, BooleanSupplier holds) throws InterruptedException {
        try (Watch watch = Watch.of(manager)) {
            watch.until(what, PATIENCE, holds);
        }
    }

    /** Waits until a host manages, and answers, or until it does no more. */
    static void awaitRole(Host host, String role) throws InterruptedException {
        try (Lines roles = host.follow("probe:role")) {
            String now = roles.next(PATIENCE).orElseThrow();
            while (!now.equals(role)) {
                now = roles.next(PATIENCE).orElseThrow();
            }
        }
        if (role.equals("manager")) {
            awaitAt(host, host.name() + " answers", () -> host.skep("swarm:node-ls")
                    .succeeded());
        }
    }

    private long ready() {
        return ready(lab.host(1));
    }

    /** How many nodes are ready, as a manager sees it. */
    static long ready(Host manager) {
        return Json.list(manager, "swarm:node-ls", "--json").stream()
                .filter(node -> node.at("/Status/State").asText().equals("ready"))
                .count();
    }

    /** The state of each node by the name of its host. */
    static Map<String, String> states(Host manager) {
        Map<String, String> states = new TreeMap<>();
        for (JsonNode node : Json.list(manager, "swarm:node-ls", "--json")) {
            states.put(
                    node.at("/Description/Hostname").asText(),
                    node.at("/Status/State").asText());
        }
        return states;
    }

    /** The manager among these that leads. */
    static Host leader(Collection<Host> managers) throws InterruptedException {
        for (Host manager : managers) {
            if (leads(manager)) {
                return manager;
            }
        }
        throw new IllegalStateException("none of these leads");
    }

    private static boolean leads(Host manager) throws InterruptedException {
        return term(manager).startsWith("leads");
    }

    /** What a manager says of the present term: {@code leads TERM} or {@code follows TERM}. */
    static String term(Host manager) throws InterruptedException {
        try (Lines lines = manager.follow("probe:watch")) {
            String line = lines.next(PATIENCE).orElseThrow();
            while (line.startsWith("applied")) {
                line = lines.next(PATIENCE).orElseThrow();
            }
            return line;
        }
    }

    /** Creates a service and waits until its tasks run. */
    static void serve(Host manager, String service, int replicas) {
        manager.skep(
                        "swarm:service-create",
                        "--name",
                        service,
                        "--replicas",
                        "" + replicas,
                        "--restart-delay",
                        "0s",
                        Image.NAME)
                .text();
    }

    /** Waits until each slot of a service runs once on these hosts. */
    static void awaitSlots(Host manager, Collection<Host> hosts, String service, int replicas)
            throws InterruptedException {
        awaitAt(manager, "each slot of " + service + " runs once", () -> Containers.violations(
                        manager, hosts, service, replicas)
                .isEmpty());
    }
}
