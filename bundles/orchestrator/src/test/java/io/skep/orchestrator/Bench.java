package io.skep.orchestrator;

import io.skep.model.Network;
import io.skep.model.NetworkSpec;
import io.skep.model.Node;
import io.skep.model.NodeDescription;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.Platform;
import io.skep.model.Resources;
import io.skep.model.Service;
import io.skep.model.ServiceSpec;
import io.skep.model.Swarm;
import io.skep.model.TaskState;
import io.skep.model.UpdateStatus;
import io.skep.model.net.Subnet;
import io.skep.model.table.Change;
import io.skep.model.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Runs a table's input: each line is an event, then the reconcilers decide until they are quiet, and their changes are the output.
 *
 * <pre>
 * swarm history=2                         network net 10.0.0.0/29 [removing] [ingress]
 * node n1 [down|unknown|gone] [drain|pause] [zone=a] [cpus=4]
 * service web [replicas=3|global|job=5|global-job] [image=..] ...   created, or updated in the words that are said
 * rollback web                            remove web
 * t01 running                             what its node reports, for any state
 * delete t01 | forget web                 by hand, the row alone
 * place | agents | settle                 the scheduler, the agents, both and the reconcilers until all is quiet, silently
 * tick 5s                                 time passes
 * show                                    all tasks
 * </pre>
 */
final class Bench implements UnaryOperator<String> {
    private final World world;
    private final Crew crew;
    private final Map<String, Words> services = new HashMap<>();

    Bench() {
        this(new World());
    }

    Bench(World world) {
        this.world = world;
        crew = new Crew(world);
    }

    @Override
    public String apply(String input) {
        List<String> output = new ArrayList<>();
        boolean show = false;
        for (String line : input.lines().toList()) {
            show |= line.equals("show");
            run(Arrays.asList(line.trim().split("\\s+")));
        }
        world.decide().forEach(applied -> output.addAll(Printer.lines(applied, world.now())));
        world.wakeAt().ifPresent(at -> output.add(Printer.wake(at, world.now())));
        if (show) {
            output.addAll(Printer.tasks(world.state()));
        }
        return output.isEmpty() ? "nothing" : String.join("\n", output);
    }

    private void run(List<String> line) {
        List<String> rest = line.subList(1, line.size());
        switch (line.get(0)) {
            case "swarm" -> swarm(new Words().say(rest));
            case "network" -> network(rest);
            case "node" -> node(rest.get(0), new Words().say(rest));
            case "service" -> service(rest.get(0), rest.subList(1, rest.size()));
            case "rollback" -> rollback(world.service(rest.get(0)));
            case "remove" -> put(world.service(rest.get(0)).asRemoving(world.now()));
            case "forget" -> world.put(new Change.Remove(Table.SERVICES, rest.get(0), Change.ANY));
            case "delete" -> world.put(new Change.Remove(Table.TASKS, rest.get(0), Change.ANY));
            case "place" -> crew.place();
            case "agents" -> crew.work();
            case "settle" -> crew.settle();
            case "tick" -> world.advance(world.now().plus(Words.duration(rest.get(0))));
            case "show" -> {}
            default -> report(line.get(0), Words.constant(TaskState.class, rest.get(0)));
        }
    }

    private void swarm(Words words) {
        Swarm founded = Swarm.founded("s", world.now());
        int history = Integer.parseInt(words.get("history", "5"));
        world.put(new Change.Put<>(
                Table.SWARM, founded.withSpec(founded.spec().withTaskHistoryLimit(history)), Change.ANY));
    }

    private void network(List<String> words) {
        Subnet subnet = Subnet.parse(words.get(1));
        NetworkSpec spec = new NetworkSpec(words.get(0), Map.of(), "", "", "", false, false, words.contains("ingress"));
        Network network = new Network(
                words.get(0),
                world.now(),
                spec,
                subnet.toString(),
                Subnet.text(subnet.first()),
                0,
                words.contains("removing"));
        world.put(new Change.Put<>(Table.NETWORKS, network, Change.ANY));
    }

    private void node(String id, Words words) {
        if (words.has("gone")) {
            world.put(new Change.Remove(Table.NODES, id, Change.ANY));
            return;
        }
        world.put(new Change.Put<>(Table.NODES, node(id, words, world.now()), Change.ANY));
    }

    /** A node as the words say; without any, open and unlabelled. */
    static Node node(String id, Words words, Instant now) {
        NodeSpec.Availability availability = words.has("drain")
                ? NodeSpec.Availability.DRAIN
                : words.has("pause") ? NodeSpec.Availability.PAUSE : NodeSpec.Availability.ACTIVE;
        NodeStatus.State state = words.has("down")
                ? NodeStatus.State.DOWN
                : words.has("unknown") ? NodeStatus.State.UNKNOWN : NodeStatus.State.READY;
        Map<String, String> labels = words.has("zone") ? Map.of("zone", words.get("zone", "")) : Map.of();
        Resources resources = new Resources(Long.parseLong(words.get("cpus", "0")) * 1_000_000_000L, 0, 0);
        return new Node(
                id,
                World.START,
                now,
                new NodeSpec("", labels, NodeRole.WORKER, availability),
                Optional.of(new NodeDescription(
                        id, new Platform("amd64", "linux"), resources, "", Map.of(), List.of("oci"), List.of())),
                new NodeStatus(state, "", ""),
                Optional.empty());
    }

    /** As the control API does: a further version, the one before kept, the progress of an older update forgotten. */
    private void service(String name, List<String> words) {
        ServiceSpec spec =
                services.computeIfAbsent(name, id -> new Words()).say(words).service(name);
        Optional<Service> before = world.state().serviceNamed(name);
        put(new Service(
                name,
                before.map(Service::createdAt).orElse(world.now()),
                world.now(),
                spec,
                before.map(Service::specVersion).orElse(0L) + 1,
                before.map(Service::spec),
                before.map(Service::ports).orElse(List.of()),
                before.map(Service::virtualIps).orElse(List.of()),
                Optional.empty(),
                before.map(old ->
                                old.jobIteration() + (spec.mode().kind().name().endsWith("JOB") ? 1 : 0))
                        .orElse(0L),
                false));
    }

    private void rollback(Service service) {
        Instant now = world.now();
        put(service.rolledBack(
                service.previousSpec().orElseThrow(),
                new UpdateStatus(
                        UpdateStatus.State.ROLLBACK_STARTED, now, Optional.empty(), "manually requested rollback")));
    }

    private void put(Service service) {
        world.put(new Change.Put<>(Table.SERVICES, service, Change.ANY));
    }

    private void report(String taskId, TaskState state) {
        crew.report(world.task(taskId), state);
    }
}
