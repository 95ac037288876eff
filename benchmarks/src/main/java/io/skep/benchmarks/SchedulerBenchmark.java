package io.skep.benchmarks;

import io.skep.api.scheduling.Placement;
import io.skep.api.scheduling.Strategy;
import io.skep.model.table.Snapshot;
import io.skep.scheduler.HeapScheduler;
import io.skep.strategy.spread.SpreadStrategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long one call of the scheduler takes that places everything. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = "-Xmx4g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 2)
public class SchedulerBenchmark {
    private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

    /** Nodes and tasks. */
    @Param({"1000x1000", "1000x10000", "1000x100000", "10000x100000", "100000x100000", "100000x1000"})
    public String size = "1000x1000";

    /** All tasks of one service, or each of its own. */
    @Param({"true", "false"})
    public boolean oneService;

    private final HeapScheduler scheduler = new HeapScheduler();
    private Snapshot cluster = Snapshot.empty();

    /** Makes the cluster. */
    @Setup
    public void fill() {
        String[] nodesAndTasks = size.split("x", 2);
        scheduler.bindStrategy(new SpreadStrategy(), Map.of(Strategy.PROPERTY, "spread"));
        cluster = Clusters.of(Integer.parseInt(nodesAndTasks[0]), Integer.parseInt(nodesAndTasks[1]), oneService);
    }

    /** Places all tasks. */
    @Benchmark
    public List<Placement> place() {
        return scheduler.place(cluster, cluster.unassigned(), NOW);
    }
}
