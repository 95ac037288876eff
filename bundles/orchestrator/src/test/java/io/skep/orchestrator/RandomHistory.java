package io.skep.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.model.NetworkAttachment;
import io.skep.model.Service;
import io.skep.model.ServiceMode;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.UpdateConfig.Order;
import io.skep.model.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A random life of a small cluster from a seed: what must hold at every moment, and where it must end once it is left in peace. */
final class RandomHistory {
    private static final List<String> SERVICES = List.of("web", "api", "mon", "job");
    private static final List<String> NODES = List.of("n1", "n2", "n3", "n4");

    private final Random random;
    private final World world = new World();
    private final Bench bench = new Bench(world);
    private final Crew crew = new Crew(world);
    private final List<String> trace = new ArrayList<>();
    /** Tasks whose node was lost while they ran: they may still run there when the node comes back, beside their successor. */
    private final Set<String> strays = new HashSet<>();

    RandomHistory(long seed) {
        random = new Random(seed);
    }

    /** Lives, heals, and gives back everything that happened. */
    List<String> run(int events) {
        say("network net 10.0.0.0/26");
        NODES.forEach(node -> say("node " + node + " zone=a"));
        say("service web replicas=3 networks=net parallelism=2 delay=1s ports=80 action=" + action());
        say("service api replicas=2 networks=net order=start-first delay=0s monitor=2s action=" + action());
        say("service mon global networks=net constraint=node.labels.zone==a");
        say("service job job=3 concurrent=2 delay=1s");
        for (int i = 0; i < events; i++) {
            event();
            checkMoment();
        }
        heal();
        checkEnd();
        return trace;
    }

    private String action() {
        return pick(List.of("pause", "continue", "rollback"));
    }

    private void event() {
        switch (random.nextInt(12)) {
            case 0 -> node();
            case 1 -> say("service web replicas=" + random.nextInt(6));
            case 2 -> say("service api replicas=" + random.nextInt(4));
            case 3 -> say("service " + pick(SERVICES) + " image=img:" + random.nextInt(4));
            case 4, 5 -> end();
            case 6 -> delete();
            case 7 -> say("place");
            case 8, 9 -> someAgents();
            case 10 -> say("settle");
            default -> say("tick " + random.nextInt(8) + "s");
        }
    }

    private void node() {
        String node = pick(NODES);
        String how = pick(List.of("", "", "down", "drain", "pause", "unknown", "gone"));
        if (how.equals("down") || how.equals("gone")) {
            world.state().tasksOfNode(node).forEach(task -> strays.add(task.id()));
        }
        say("node " + node + " zone=" + pick(List.of("a", "a", "b")) + " " + how);
    }

    private void end() {
        List<Task> running = tasks(task -> world.state().stateOf(task) == TaskState.RUNNING);
        if (!running.isEmpty()) {
            say(pick(running).id() + " " + pick(List.of("failed", "complete", "rejected", "shutdown")));
        }
    }

    private void delete() {
        List<Task> all = tasks(task -> world.state().stateOf(task).terminal());
        if (!all.isEmpty()) {
            say("delete " + pick(all).id());
        }
    }

    private void someAgents() {
        for (Task task : tasks(Task::assigned)) {
            if (random.nextBoolean()) {
                crew.work(task);
            }
        }
        say("show");
    }

    /** All nodes come back, everything is done that can be, and time passes until nobody waits for it. */
    private void heal() {
        NODES.forEach(node -> say("node " + node + " zone=a"));
        say("settle");
        Optional<Instant> wake = world.wakeAt();
        for (int i = 0; wake.isPresent() && i < 200; i++) {
            say("tick " + Math.max(1, Duration.between(world.now(), wake.get()).toSeconds() + 1) + "s");
            finishJobs();
            say("settle");
            wake = world.wakeAt();
        }
        finishJobs();
        assertThat(world.wakeAt()).as("somebody waits for ever").isEmpty();
    }

    private void finishJobs() {
        List<Task> running = runningJobs();
        while (!running.isEmpty()) {
            running.forEach(task -> say(task.id() + " complete"));
            say("settle");
            running = runningJobs();
        }
    }

    private List<Task> runningJobs() {
        return tasks(task -> task.serviceName().equals("job") && world.state().stateOf(task) == TaskState.RUNNING);
    }

    private void checkMoment() {
        Map<String, Integer> running = new TreeMap<>();
        Set<NetworkAttachment> addresses = new HashSet<>();
        for (Task task : world.state().all(Table.TASKS)) {
            TaskState state = world.state().stateOf(task);
            if (state == TaskState.RUNNING && !strays.contains(task.id())) {
                running.merge(task.name(), 1, Integer::sum);
            }
            if (!state.terminal()) {
                task.attachments().forEach(address -> assertThat(addresses.add(address))
                        .as("%s is given once", address)
                        .isTrue());
            }
        }
        running.forEach((slot, count) ->
                assertThat(count).as("tasks that run as %s", slot).isLessThanOrEqualTo(most(slot)));
    }

    private int most(String slot) {
        return world.service(slot.substring(0, slot.indexOf('.')))
                                .spec()
                                .updatePolicy()
                                .order()
                        == Order.START_FIRST
                ? 2
                : 1;
    }

    private void checkEnd() {
        for (Service service : world.state().all(Table.SERVICES)) {
            List<String> running = tasks(task -> task.serviceId().equals(service.id())
                            && world.state().stateOf(task) == TaskState.RUNNING)
                    .stream()
                    .map(Task::name)
                    .toList();
            assertThat(running)
                    .as("what runs of %s", service.id())
                    .doesNotHaveDuplicates()
                    .hasSize(expected(service.spec().mode()));
        }
    }

    /** By then every job has completed. */
    private static int expected(ServiceMode mode) {
        return switch (mode.kind()) {
            case REPLICATED -> mode.replicas();
            case GLOBAL -> NODES.size();
            default -> 0;
        };
    }

    private void say(String line) {
        trace.add(line);
        trace.add(bench.apply(line));
    }

    private List<Task> tasks(Predicate<Task> which) {
        return world.state().all(Table.TASKS).stream().filter(which).toList();
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
