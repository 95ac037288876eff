package io.skep.agent.logs;

import io.skep.api.dispatch.LogWire;
import io.skep.api.dispatch.NodeTasks;
import io.skep.api.kernel.Scope;
import io.skep.api.kernel.Timer;
import io.skep.api.runtime.LogLine;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One reading of a task's output for a manager. A thread of its own reads, one answer ahead; all else happens on the loop. The thread is none of the effects', of
 * which there are only so many: whoever follows a container keeps it for days, and some dozen of them would leave none to start and stop containers.
 */
final class Reading {
    /** How long a manager waits for an answer at most. */
    private static final Duration NEWS = Duration.ofSeconds(10);

    private static final Duration IDLE = Duration.ofSeconds(LogWire.IDLE_SECONDS);

    private final Scope scope;
    private final Runnable over;
    private final Ahead ahead = new Ahead();
    private final AtomicBoolean told = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean closed;
    private Optional<CompletableFuture<byte[]>> waiting = Optional.empty();
    private Optional<SkepException> failure = Optional.empty();
    private Timer timer = () -> {};
    private boolean read;
    private long answers;

    /** Begins to read; {@code over} is run on the loop when nothing is left of it. */
    Reading(Scope scope, NodeTasks tasks, LogWire.Read asked, Runnable over) {
        this.scope = scope;
        this.over = over;
        thread = new Thread(() -> run(tasks, asked), "skep-logs-" + asked.taskId());
        thread.setDaemon(true);
        thread.start();
    }

    private void run(NodeTasks tasks, LogWire.Read asked) {
        Optional<SkepException> outcome = Optional.empty();
        try {
            tasks.logs(asked.taskId(), asked.query(), this::put);
        } catch (SkepException e) {
            // without a container, not yet or no more, a task has printed nothing
            outcome = Optional.of(e).filter(known -> known.code() != ErrorCode.NOT_FOUND);
        } catch (RuntimeException e) {
            outcome = Optional.of(new SkepException(
                    ErrorCode.FAILED, "reading what task " + asked.taskId() + " printed failed: " + e, e));
        }
        Optional<SkepException> why = outcome;
        post(() -> readAll(why));
    }

    /** On the reader's thread, which waits until there is room. */
    private boolean put(LogLine line) {
        try {
            for (LogLine part : Ahead.parts(line)) {
                ahead.put(part);
                if (told.compareAndSet(false, true)) {
                    post(this::news);
                }
            }
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void post(Runnable event) {
        try {
            scope.execute(event);
        } catch (SkepException stopped) {
            closed = true;
        }
    }

    private void news() {
        told.set(false);
        give();
    }

    private void readAll(Optional<SkepException> why) {
        read = true;
        failure = why;
        if (closed) {
            over.run();
        } else {
            give();
        }
    }

    /** Answers with what comes next, at once when it is there. */
    void ask(long number, CompletableFuture<byte[]> answer) {
        if (closed || waiting.isPresent() || number != answers) {
            answer.completeExceptionally(givenUp());
            return;
        }
        waiting = Optional.of(answer);
        timer.cancel();
        timer = scope.after(NEWS, () -> answer(new LogWire.Lines(List.of(), false)));
        give();
    }

    private void give() {
        if (waiting.isEmpty() || (ahead.isEmpty() && !read)) {
            return;
        }
        List<LogLine> lines = ahead.take();
        if (lines.isEmpty() && failure.isPresent()) {
            end(failure.get());
        } else {
            answer(new LogWire.Lines(lines, read && failure.isEmpty()));
        }
    }

    private void answer(LogWire.Lines lines) {
        answers++;
        timer.cancel();
        waiting.ifPresent(answer -> answer.complete(Codec.toBytes(lines)));
        waiting = Optional.empty();
        if (lines.end()) {
            end(givenUp());
        } else {
            timer = scope.after(IDLE, () -> end(givenUp()));
        }
    }

    /** Whoever waits is told that nobody reads any more. */
    void close() {
        end(givenUp());
    }

    private void end(SkepException why) {
        if (closed) {
            return;
        }
        abandon();
        timer.cancel();
        waiting.ifPresent(answer -> answer.completeExceptionally(why));
        waiting = Optional.empty();
        if (read) {
            over.run();
        }
    }

    /** Lets the thread end. Any thread. */
    void abandon() {
        closed = true;
        thread.interrupt();
    }

    static SkepException givenUp() {
        return new SkepException(
                ErrorCode.WRONG_STATE,
                "the node has given up reading, for it was not asked for " + LogWire.IDLE_SECONDS
                        + " s or was started anew meanwhile; repeat the command");
    }
}
