package io.skep.benchmarks;

import io.skep.api.store.Transaction;
import io.skep.model.ContainerSpec;
import io.skep.model.NetworkAttachment;
import io.skep.model.Task;
import io.skep.model.TaskSpec;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import io.skep.model.codec.Codec;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The replicated state at 100,000 tasks: applying, encoding and listing; without disk and consensus, which are measured in their own bundle. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class StoreBenchmark {
    private static final int TASKS = 100_000;
    private static final int BATCH = 5_000;
    private static final int NODES = 1_000;
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final TaskSpec SPEC = TaskSpec.of(ContainerSpec.of("example/web:1"));

    private Snapshot full = Snapshot.empty();
    private List<Change> batch = List.of();
    private byte[] bytes = new byte[0];

    /** A state of 100,000 running tasks. */
    @Setup
    public void fill() {
        batch = tasks(TASKS, BATCH);
        bytes = Codec.toBytes(new Transaction("", 1, batch));
        full = Snapshot.empty();
        for (int from = 0; from < TASKS; from += BATCH) {
            full = full.apply(tasks(from, BATCH));
        }
    }

    /** One status report of one task becomes a row. */
    @Benchmark
    public Snapshot applyOneStatus() {
        return full.apply(List.of(status(TASKS / 2)));
    }

    /** 5,000 new tasks with addresses on 1,000 nodes, one transaction. */
    @Benchmark
    public Snapshot applyFiveThousandTasks() {
        return full.apply(batch);
    }

    /** The same transaction as bytes. */
    @Benchmark
    public byte[] encodeFiveThousandTasks() {
        return Codec.toBytes(new Transaction("", 1, batch));
    }

    /** And back. */
    @Benchmark
    public Transaction decodeFiveThousandTasks() {
        return Codec.fromBytes(bytes, Transaction.class);
    }

    /** Every task with its state, as a listing reads them. */
    @Benchmark
    public long listAll() {
        return full.all(Table.TASKS).stream()
                .filter(task -> full.stateOf(task) == TaskState.RUNNING)
                .count();
    }

    /** One node's tasks. */
    @Benchmark
    public long listOneNode() {
        return full.tasksOfNode(node(7)).stream().map(Task::name).count();
    }

    private static List<Change> tasks(int from, int count) {
        List<Change> changes = new ArrayList<>(2 * count);
        for (int i = from; i < from + count; i++) {
            changes.add(new Change.Put<>(Table.TASKS, task(i), Change.ABSENT));
            if (from < TASKS) {
                changes.add(status(i));
            }
        }
        return changes;
    }

    private static Change status(int number) {
        TaskStatus status = new TaskStatus(id(number), TaskState.RUNNING, T0, "started", "", Optional.empty());
        return new Change.Put<>(Table.STATUSES, status, Change.ANY);
    }

    private static Task task(int number) {
        String address = "10." + (number >> 16) + "." + ((number >> 8) & 255) + "." + (number & 255);
        return new Task(
                id(number),
                T0,
                "service",
                "web",
                1,
                SPEC,
                number + 1,
                node(number % NODES),
                true,
                TaskState.RUNNING,
                Optional.empty(),
                List.of(new NetworkAttachment("network", address)),
                "",
                0,
                false);
    }

    private static String id(int number) {
        return String.format("%025d", number);
    }

    private static String node(int number) {
        return String.format("node%021d", number);
    }
}
