package io.skep.vertical;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.contracts.Await;
import io.skep.model.ErrorCode;
import io.skep.model.Network;
import io.skep.model.NetworkAttachment;
import io.skep.model.NetworkSpec;
import io.skep.model.Service;
import io.skep.model.ServiceMode;
import io.skep.model.SkepException;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import io.skep.model.table.Change;
import io.skep.model.table.Table;
import io.skep.parts.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Services come, change and go. */
class LifeTest {
    private final Vertical swarm = new Vertical();

    @AfterEach
    void stop() {
        swarm.close();
    }

    @Test
    void threeReplicasRunWithAddressesOfTheirOwn() {
        Service web = swarm.create(Specs.web(3));
        List<Task> tasks = swarm.running(web, 3);
        assertThat(tasks).extracting(Task::slot).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(tasks)
                .flatExtracting(Task::attachments)
                .extracting(NetworkAttachment::address)
                .doesNotHaveDuplicates()
                .hasSize(3);
        assertThat(swarm.thread.call(() -> Set.copyOf(swarm.worker.containers())))
                .containsExactlyInAnyOrderElementsOf(
                        tasks.stream().map(Task::id).toList());
    }

    @Test
    void moreTasksThanASmallSubnetHoldsNeedNoNetworkOfTheirOwn() {
        swarm.running(swarm.create(Specs.web(300)), 300);
    }

    @Test
    void aServiceIsScaledUpAndDown() {
        Service web = swarm.create(Specs.web(1));
        List<Task> first = swarm.running(web, 1);
        scale(web, 5);
        assertThat(swarm.running(web, 5)).contains(first.get(0));
        scale(web, 2);
        List<Task> left = swarm.running(web, 2);
        swarm.untilHost(
                "three containers stopped", () -> swarm.worker.sandboxes().size() == 2);
        assertThat(swarm.worker.sandboxes())
                .containsExactlyInAnyOrderElementsOf(left.stream().map(Task::id).toList());
        assertThat(Vertical.failed(swarm.snapshot(), web)).isEmpty();
    }

    private void scale(Service web, int replicas) {
        Await.answer(swarm.cluster()
                .updateService("", web.id(), Change.ANY, web.spec().withMode(ServiceMode.replicated(replicas))));
    }

    @Test
    void anUpdateReplacesTheTasksInTurn() {
        Service web = swarm.create(Specs.web(3));
        swarm.running(web, 3);
        Await.answer(swarm.cluster()
                .updateService("", web.id(), Change.ANY, Specs.service("web", 3, "web:2", List.of(), List.of())));
        int[] least = {3};
        swarm.until("all tasks run web:2", cluster -> {
            least[0] = Math.min(least[0], Vertical.running(cluster, web).size());
            return Vertical.running(cluster, web).stream()
                            .filter(task -> task.spec().containerSpec().image().equals("web:2"))
                            .count()
                    == 3;
        });
        assertThat(least[0]).as("tasks that ran at any time").isGreaterThanOrEqualTo(2);
        assertThat(Vertical.failed(swarm.snapshot(), web)).isEmpty();
    }

    @Test
    void aTaskThatFailsIsReplacedAfterItsDelay() {
        Service web = swarm.create(Specs.web(1));
        Task first = swarm.running(web, 1).get(0);
        swarm.worker.meddle(host -> host.crash(first.id(), 1, Instant.now()));
        swarm.until("another task runs", cluster -> Vertical.running(cluster, web).stream()
                .anyMatch(task -> !task.id().equals(first.id())));
        TaskStatus end = swarm.snapshot().status(first.id()).orElseThrow();
        assertThat(end.state()).isEqualTo(TaskState.FAILED);
        assertThat(end.err()).isEqualTo("task: non-zero exit (1)");
        Task next = Vertical.running(swarm.snapshot(), web).get(0);
        Instant started = swarm.snapshot().status(next.id()).orElseThrow().timestamp();
        assertThat(Duration.between(end.timestamp(), started)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void anImageThatIsMissingIsShownWithItsReason() {
        swarm.worker.meddle(host -> {
            for (int i = 0; i < 3; i++) {
                host.failNext("prepare", new SkepException(ErrorCode.NOT_INSTALLED, "no such image: web:1"));
            }
        });
        Service web = swarm.create(Specs.web(1));
        swarm.until("a task was rejected", cluster -> Vertical.failed(cluster, web).stream()
                .anyMatch(task -> cluster.stateOf(task) == TaskState.REJECTED));
        Task rejected = Vertical.failed(swarm.snapshot(), web).get(0);
        assertThat(swarm.snapshot().status(rejected.id()).orElseThrow().err()).isEqualTo("no such image: web:1");
        swarm.running(web, 1);
    }

    @Test
    void aContainerThatVanishedIsReplaced() {
        Service web = swarm.create(Specs.web(1));
        Task first = swarm.running(web, 1).get(0);
        swarm.worker.stopRuntime();
        swarm.worker.meddle(host -> host.vanish(first.id()));
        swarm.worker.startRuntime();
        swarm.until("another task runs", cluster -> Vertical.running(cluster, web).stream()
                .anyMatch(task -> !task.id().equals(first.id())));
        assertThat(swarm.snapshot().status(first.id()).orElseThrow().err()).contains("the container is gone");
    }

    @Test
    void aServiceThatIsRemovedLeavesNothing() {
        Network back = Await.answer(swarm.cluster().createNetwork("", NetworkSpec.of("back")));
        Service web = swarm.create(Specs.service("web", 3, "web:1", List.of(), List.of("back")));
        swarm.running(web, 3);
        assertThat(Await.failure(swarm.cluster().removeNetwork("", back.id())).code())
                .isEqualTo(ErrorCode.IN_USE);
        Await.answer(swarm.cluster().removeService("", web.id()));
        Await.answer(swarm.cluster().removeNetwork("", back.id()));
        swarm.until(
                "service, tasks and network are gone",
                cluster -> cluster.find(Table.SERVICES, web.id()).isEmpty()
                        && cluster.all(Table.TASKS).isEmpty()
                        && cluster.find(Table.NETWORKS, back.id()).isEmpty());
        swarm.untilHost(
                "containers and sandboxes are gone",
                () -> swarm.worker.containers().isEmpty()
                        && swarm.worker.sandboxes().isEmpty());
    }

    @Test
    void aStopThatTakesLongHoldsUpNobodyElse() {
        Service slow = swarm.create(Specs.service("slow", 1, "slow:1", List.of(), List.of()));
        Task stopping = swarm.running(slow, 1).get(0);
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        swarm.worker.runtime().stopSlowly(stopped);
        Await.answer(swarm.cluster().removeService("", slow.id()));
        swarm.until("the task is to stop", cluster -> cluster.find(Table.TASKS, stopping.id())
                .filter(task -> task.desiredState().after(TaskState.RUNNING))
                .isPresent());
        swarm.running(swarm.create(Specs.web(3)), 3);
        assertThat(swarm.snapshot().stateOf(stopping)).isEqualTo(TaskState.RUNNING);
        stopped.complete(null);
        swarm.until("the service is gone", cluster -> cluster.find(Table.SERVICES, slow.id())
                .isEmpty());
    }
}
