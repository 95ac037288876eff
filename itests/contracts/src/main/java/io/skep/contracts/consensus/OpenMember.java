package io.skep.contracts.consensus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.Leadership;
import io.skep.contracts.Await;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** A member that a contract test opened: its group, its machine, and what it reported of the leader. */
final class OpenMember implements AutoCloseable {
    static final String SWARM = "swarm-under-test";

    private record Waiter(Predicate<Leadership> wanted, CompletableFuture<Leadership> seen) {}

    private final Group group;
    private final RecordingMachine machine = new RecordingMachine();
    private final Queue<Leadership> reports = new ConcurrentLinkedQueue<>();
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();

    private OpenMember(SwarmUnderTest swarm, GroupConfig config) {
        group = swarm.engine(config.memberId()).open(config, machine);
        group.onLeadership(this::reported);
    }

    /** Opens a member whose directory is named after it. */
    static OpenMember open(SwarmUnderTest swarm, Path root, String memberId, List<String> initialMembers) {
        return new OpenMember(swarm, new GroupConfig(SWARM, memberId, root.resolve(memberId), initialMembers));
    }

    private void reported(Leadership leadership) {
        reports.add(leadership);
        waiters.removeIf(
                waiter -> waiter.wanted().test(leadership) && waiter.seen().complete(leadership));
    }

    Group group() {
        return group;
    }

    RecordingMachine machine() {
        return machine;
    }

    List<Leadership> reports() {
        return List.copyOf(reports);
    }

    String id(Leadership leadership) {
        return leadership.leader().orElse("nobody");
    }

    /** Waits until the latest report is as wanted. */
    Leadership awaitLeadership(Predicate<Leadership> wanted) {
        CompletableFuture<Leadership> seen = new CompletableFuture<>();
        waiters.add(new Waiter(wanted, seen));
        Leadership now = group.leadership();
        if (wanted.test(now)) {
            return now;
        }
        return Await.answer(seen);
    }

    Leadership awaitLeader() {
        return awaitLeadership(leadership -> leadership.leader().isPresent());
    }

    CompletionStage<String> submit(String command) {
        return group.submit(command.getBytes(UTF_8)).thenApply(answer -> new String(answer, UTF_8));
    }

    String write(String command) {
        return Await.answer(submit(command));
    }

    @Override
    public void close() {
        group.close();
    }
}
