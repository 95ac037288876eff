package io.skep.agent.logs;

import io.skep.api.dispatch.NodeTasks;
import io.skep.api.runtime.ContainerStats;
import io.skep.api.runtime.ExecResult;
import io.skep.api.runtime.LogLine;
import io.skep.api.runtime.LogQuery;
import io.skep.api.runtime.LogSink;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Tasks that print what a test says; readers wait for it as those of containers that run do. */
final class Printing implements NodeTasks {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long SECONDS = 60;

    /** By task; the end is empty. */
    private final Map<String, BlockingQueue<Optional<String>>> printed = new ConcurrentHashMap<>();

    private final AtomicInteger handedOn = new AtomicInteger();
    private final Semaphore ended = new Semaphore(0);
    private volatile Optional<SkepException> failure = Optional.empty();

    /** A task that runs and has printed this. */
    void print(String taskId, String... lines) {
        BlockingQueue<Optional<String>> queue = queue(taskId);
        List.of(lines).forEach(line -> queue.add(Optional.of(line)));
    }

    void end(String taskId) {
        queue(taskId).add(Optional.empty());
    }

    /** The runtime fails after what was printed. */
    void failing(SkepException why) {
        failure = Optional.of(why);
    }

    private BlockingQueue<Optional<String>> queue(String taskId) {
        return printed.computeIfAbsent(taskId, id -> new LinkedBlockingQueue<>());
    }

    static LogLine line(String text) {
        return new LogLine(NOW, LogLine.Stream.STDOUT, text);
    }

    /** How many lines readers have handed on. */
    int handedOn() {
        return handedOn.get();
    }

    /** True once that many more readers have ended. */
    boolean haveEnded(int readers) throws InterruptedException {
        return ended.tryAcquire(readers, SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void logs(String taskId, LogQuery query, LogSink sink) {
        try {
            BlockingQueue<Optional<String>> lines = printed.get(taskId);
            if (lines == null) {
                throw new SkepException(ErrorCode.NOT_FOUND, "this node has no container of task " + taskId);
            }
            Optional<String> next = lines.take();
            while (next.isPresent() && sink.accept(line(next.get()))) {
                handedOn.incrementAndGet();
                next = lines.take();
            }
            failure.ifPresent(why -> {
                throw why;
            });
        } catch (InterruptedException e) {
            throw new SkepException(ErrorCode.PART_MISSING, "interrupted", e);
        } finally {
            ended.release();
        }
    }

    @Override
    public ExecResult exec(String taskId, List<String> command, Duration timeout) {
        throw new AssertionError("nobody asks");
    }

    @Override
    public ContainerStats stats(String taskId) {
        throw new AssertionError("nobody asks");
    }
}
