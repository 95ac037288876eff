package io.skep.vertical;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.contracts.Await;
import io.skep.model.Service;
import io.skep.model.ServiceMode;
import io.skep.model.SkepException;
import io.skep.model.Task;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.parts.Specs;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators, crashes and swaps in any order; afterwards everything must come to rest as the operators wanted it. */
class StormTest {
    private static final int ACTIONS = 60;
    private final Vertical swarm = new Vertical();

    @AfterEach
    void stop() {
        swarm.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everythingComesToRest(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ACTIONS; i++) {
            act(random, i);
        }
        swarm.until("every service has its tasks", cluster -> cluster.all(Table.SERVICES).stream()
                .allMatch(service -> atRest(cluster, service)));
        swarm.untilHost("the host has what the tasks need and nothing else", () -> tidy(swarm.snapshot()));
    }

    /** Every running task has a container and a sandbox; containers of tasks that ended are kept, others are not. */
    private boolean tidy(Snapshot cluster) {
        Set<String> running = runningTasks(cluster);
        Set<String> known = cluster.all(Table.TASKS).stream().map(Task::id).collect(Collectors.toSet());
        return swarm.worker.sandboxes().equals(running)
                && swarm.worker.containers().containsAll(running)
                && known.containsAll(swarm.worker.containers());
    }

    private static boolean atRest(Snapshot cluster, Service service) {
        int replicas = service.spec().mode().replicas();
        return !service.removing()
                && Vertical.wanted(cluster, service).size() == replicas
                && Vertical.running(cluster, service).size() == replicas;
    }

    private static Set<String> runningTasks(Snapshot cluster) {
        return cluster.all(Table.SERVICES).stream()
                .flatMap(service -> Vertical.running(cluster, service).stream())
                .map(Task::id)
                .collect(Collectors.toSet());
    }

    private void act(Random random, int number) {
        try {
            switch (random.nextInt(10)) {
                case 0, 1 ->
                    swarm.create(Specs.service("s" + number, random.nextInt(4), "web:1", List.of(), List.of()));
                case 2, 3 -> scale(random);
                case 4 -> remove(random);
                case 5 -> crash(random);
                case 6 -> swarm.swapAgent();
                case 7 -> {
                    swarm.worker.stopRuntime();
                    swarm.worker.startRuntime();
                }
                case 8 -> {
                    swarm.worker.stopDriver();
                    swarm.worker.startDriver();
                }
                default -> {
                    swarm.stopStore();
                    swarm.startStore();
                }
            }
        } catch (SkepException refused) {
            // an operator who is told to wait, or that somebody else was first, does something else
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private List<Service> services() {
        return List.copyOf(Await.answer(swarm.cluster().read()).all(Table.SERVICES));
    }

    private void scale(Random random) {
        List<Service> services = services();
        if (!services.isEmpty()) {
            Service one = services.get(random.nextInt(services.size()));
            Await.answer(swarm.cluster()
                    .updateService(
                            "", one.id(), Change.ANY, one.spec().withMode(ServiceMode.replicated(random.nextInt(5)))));
        }
    }

    private void remove(Random random) {
        List<Service> services = services();
        if (services.size() > 2) {
            Await.answer(swarm.cluster()
                    .removeService(
                            "", services.get(random.nextInt(services.size())).id()));
        }
    }

    private void crash(Random random) {
        List<String> running = List.copyOf(runningTasks(swarm.snapshot()));
        if (!running.isEmpty()) {
            String one = running.get(random.nextInt(running.size()));
            swarm.worker.meddle(host -> host.crash(one, 1, Instant.now()));
        }
    }
}
