package io.skep.simulation;

import io.skep.api.control.Cluster;
import io.skep.manager.ManagerPart;
import io.skep.model.EndpointSpec;
import io.skep.model.ErrorCode;
import io.skep.model.ErrorKind;
import io.skep.model.Network;
import io.skep.model.NetworkSpec;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.PortConfig;
import io.skep.model.Service;
import io.skep.model.ServiceMode;
import io.skep.model.ServiceSpec;
import io.skep.model.SkepException;
import io.skep.model.UpdateConfig;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.parts.Specs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What operators ask. A request of which the outcome is unknown is repeated under its id, at any manager; one that is refused for a reason that its author
 * could not expect ends the simulation.
 */
final class Operators {
    private static final int TRIES = 12;
    private static final int TWICE = 30;
    private static final int UNSAID = 30;
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final int MOST_NETWORKS = 4;
    private static final EndpointSpec PUBLISHED = new EndpointSpec(
            EndpointSpec.Mode.VIP,
            List.of(new PortConfig("", PortConfig.Protocol.TCP, 80, 0, PortConfig.PublishMode.INGRESS)));
    private final Swarm swarm;
    private final Timeline timeline;
    private final Wishes wishes = new Wishes();
    private int asked;
    private int open;

    Operators(Swarm swarm) {
        this.swarm = swarm;
        timeline = swarm.timeline;
    }

    /**
     * A request.
     *
     * @param id names it
     * @param expected what may be said against it
     * @param call asks for it
     * @param about the service that it concerns, by name; empty for none
     * @param wished what becomes of that service; empty when it goes
     */
    private record Asked(
            String id,
            Set<ErrorCode> expected,
            Function<Cluster, CompletionStage<?>> call,
            String about,
            Optional<ServiceSpec> wished) {
        Asked(String id, Set<ErrorCode> expected, Function<Cluster, CompletionStage<?>> call) {
            this(id, expected, call, "", Optional.empty());
        }
    }

    /** Everything that was asked was answered, too. */
    boolean answered() {
        return open == 0;
    }

    /** The first acknowledged wish that the swarm did not fulfil. */
    Optional<String> unfulfilled(Snapshot cluster) {
        return wishes.unfulfilled(cluster);
    }

    void act() {
        Snapshot known = swarm.newest();
        Optional<Service> service = timeline.any(known.all(Table.SERVICES));
        String id = "request-" + ++asked;
        int action = timeline.random().nextInt(14);
        if (action < 3 || service.isEmpty()) {
            send(create(id, known));
        } else if (action < 7) {
            send(update(id, service.get(), action < 5));
        } else if (action < 8) {
            send(remove(id, service.get()));
        } else if (action < 10) {
            timeline.any(known.all(Table.NETWORKS)).ifPresent(network -> send(network(id, network)));
        } else {
            timeline.any(known.all(Table.NODES))
                    .ifPresent(node -> send(action < 12 ? availability(id, node) : role(id, node)));
        }
    }

    private Asked create(String id, Snapshot known) {
        List<String> networks = timeline.chance(50)
                ? List.of()
                : timeline.any(known.all(Table.NETWORKS)).map(Network::id).stream()
                        .toList();
        ServiceSpec plain =
                paced(Specs.service("s" + asked, timeline.random().nextInt(6), "web:1", List.of(), networks));
        ServiceSpec spec = timeline.chance(30) ? plain.withEndpointSpec(PUBLISHED) : plain;
        return new Asked(
                id,
                Set.of(ErrorCode.NOT_FOUND, ErrorCode.WRONG_STATE),
                cluster -> cluster.createService(id, spec),
                spec.name(),
                Optional.of(spec));
    }

    /** How many tasks at a time, and in which order, an update or a drained node makes anew; or nothing said. */
    private ServiceSpec paced(ServiceSpec spec) {
        if (timeline.chance(UNSAID)) {
            return spec.withUpdateConfig(Optional.empty());
        }
        UpdateConfig plain = spec.updatePolicy();
        return spec.withUpdateConfig(Optional.of(new UpdateConfig(
                timeline.random().nextInt(3),
                timeline.chance(50) ? Duration.ZERO : Duration.ofSeconds(2),
                plain.failureAction(),
                plain.monitor(),
                plain.maxFailureRatio(),
                timeline.chance(30) ? UpdateConfig.Order.START_FIRST : UpdateConfig.Order.STOP_FIRST)));
    }

    private Asked update(String id, Service service, boolean scale) {
        int replicas = timeline.random().nextInt(6);
        ServiceSpec before = service.spec();
        String image = "web:" + (2 + timeline.random().nextInt(3));
        ServiceSpec spec = scale
                ? before.withMode(ServiceMode.replicated(replicas))
                : before.withTaskTemplate(before.taskTemplate()
                        .withContainer(Specs.service("x", 1, image, List.of(), List.of())
                                .taskTemplate()
                                .containerSpec()));
        return new Asked(
                id,
                Set.of(ErrorCode.NOT_FOUND, ErrorCode.WRONG_STATE),
                cluster -> cluster.updateService(id, service.id(), Change.ANY, spec),
                before.name(),
                Optional.of(spec));
    }

    private static Asked remove(String id, Service service) {
        return new Asked(
                id,
                Set.of(ErrorCode.NOT_FOUND),
                cluster -> cluster.removeService(id, service.id()),
                service.spec().name(),
                Optional.empty());
    }

    private Asked network(String id, Network some) {
        boolean few = swarm.newest().all(Table.NETWORKS).size() < MOST_NETWORKS;
        NetworkSpec spec = NetworkSpec.of("n" + asked);
        return few && timeline.chance(60)
                ? new Asked(id, Set.of(ErrorCode.NOT_FOUND), cluster -> cluster.createNetwork(id, spec))
                : new Asked(
                        id,
                        Set.of(ErrorCode.IN_USE, ErrorCode.NOT_FOUND),
                        cluster -> cluster.removeNetwork(id, some.id()));
    }

    private Asked availability(String id, Node node) {
        NodeSpec spec = node.spec();
        NodeSpec.Availability next = spec.availability() == NodeSpec.Availability.DRAIN || timeline.chance(50)
                ? NodeSpec.Availability.ACTIVE
                : NodeSpec.Availability.DRAIN;
        return node(id, node, new NodeSpec(spec.name(), spec.labels(), spec.role(), next));
    }

    private static Asked role(String id, Node node) {
        NodeSpec spec = node.spec();
        NodeRole next = spec.role() == NodeRole.MANAGER ? NodeRole.WORKER : NodeRole.MANAGER;
        return node(id, node, new NodeSpec(spec.name(), spec.labels(), next, spec.availability()));
    }

    private static Asked node(String id, Node node, NodeSpec spec) {
        return new Asked(
                id, Set.of(ErrorCode.WRONG_STATE), cluster -> cluster.updateNode(id, node.id(), Change.ANY, spec));
    }

    /** Sometimes twice at once, as by somebody who waits for no answer: a request is one whatever becomes of its copies. */
    private void send(Asked request) {
        if (swarm.managers().isEmpty()) {
            return;
        }
        open++;
        if (!request.about().isEmpty()) {
            wishes.asked(request.id(), request.about());
        }
        Underway underway = new Underway(request, timeline.chance(TWICE) ? 2 : 1);
        for (int copies = underway.copies; copies > 0; copies--) {
            underway.send(TRIES);
        }
    }

    /** A request until all its copies are answered. */
    private final class Underway {
        private final Asked request;
        private int copies;
        private boolean done;
        private boolean unknown;

        Underway(Asked request, int copies) {
            this.request = request;
            this.copies = copies;
        }

        private void send(int left) {
            Optional<ManagerPart> manager = timeline.any(swarm.managers());
            if (manager.isEmpty()) {
                again(left);
                return;
            }
            request.call().apply(manager.get().cluster()).whenComplete((answer, failure) -> answered(left, failure));
        }

        private void again(int left) {
            timeline.after(timeline.upTo(PAUSE), () -> send(left - 1));
        }

        private void answered(int left, @Nullable Throwable failure) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause == null) {
                done = true;
                ended();
            } else if (!(cause instanceof SkepException known)) {
                swarm.broke(new AssertionError(request.id() + " failed", cause));
            } else if (known.code().kind() == ErrorKind.UNAVAILABLE && left > 1) {
                again(left);
            } else if (known.code().kind() == ErrorKind.UNAVAILABLE) {
                unknown = true;
                ended();
            } else if (request.expected().contains(known.code())) {
                ended();
            } else {
                swarm.broke(new AssertionError(request.id() + " was refused", known));
            }
        }

        private void ended() {
            copies--;
            if (copies == 0) {
                open--;
                if (!unknown) {
                    wishes.ended(request.id(), request.about(), done, request.wished());
                }
            }
        }
    }
}
