package io.skep.consensus.ratis;

import io.skep.api.consensus.Leadership;
import io.skep.consensus.support.EngineThread;
import io.skep.consensus.support.LeadershipBoard;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Barriers: asks the leader up to where the log was committed, and waits until this member has applied as much. One question is under
 * way, and the barriers that come meanwhile share the next. All state belongs to the engine's thread.
 */
final class ReadPoints {
    private static final Duration RETRY = Duration.ofMillis(20);

    private final LeaderDesk desk;
    private final MachineHost host;
    private final EngineThread thread;
    private final LeadershipBoard board;
    private final Duration limit;
    private final Supplier<SkepException> late;
    /** All that are not passed, for the end. */
    private final Queue<CompletableFuture<Long>> open = new ConcurrentLinkedQueue<>();

    private final List<CompletableFuture<Long>> waiting = new ArrayList<>();
    private List<CompletableFuture<Long>> asked = List.of();
    private @Nullable SkepException ended;

    ReadPoints(
            LeaderDesk desk,
            MachineHost host,
            EngineThread thread,
            LeadershipBoard board,
            Duration limit,
            Supplier<SkepException> late) {
        this.desk = desk;
        this.host = host;
        this.thread = thread;
        this.board = board;
        this.limit = limit;
        this.late = late;
        board.subscribe(this::leaderChanged);
    }

    /**
     * Completes once everything is applied that was committed before.
     *
     * @param first what has to be over before the leader is asked
     */
    CompletableFuture<Long> barrier(CompletableFuture<@Nullable Void> first) {
        CompletableFuture<Long> passed = new CompletableFuture<>();
        open.add(passed);
        var unused = first.thenRun(() -> thread.execute(() -> begin(passed)));
        return thread.limit(passed, limit, late);
    }

    private void begin(CompletableFuture<Long> passed) {
        open.removeIf(CompletableFuture::isDone);
        SkepException end = ended;
        if (end != null) {
            passed.completeExceptionally(end);
        } else {
            waiting.add(passed);
            pump();
        }
    }

    /** Answers everything that waits, and whatever comes, with a failure. */
    void end(SkepException why) {
        ended = why;
        open.forEach(passed -> passed.completeExceptionally(why));
        asked = List.of();
        waiting.clear();
    }

    private void leaderChanged(Leadership leadership) {
        pump();
    }

    private void pump() {
        waiting.removeIf(CompletableFuture::isDone);
        if (asked.isEmpty() && !waiting.isEmpty()) {
            board.now().leader().ifPresent(this::ask);
        }
    }

    private void ask(String leader) {
        List<CompletableFuture<Long>> now = List.copyOf(waiting);
        asked = now;
        waiting.clear();
        var unused =
                desk.committed(leader).whenComplete((index, failure) -> thread.execute(() -> answered(now, index)));
    }

    private void answered(List<CompletableFuture<Long>> now, @Nullable Long index) {
        if (asked != now) {
            return;
        }
        asked = List.of();
        if (index != null) {
            var unused = host.whenApplied(index).thenAccept(applied -> now.forEach(passed -> passed.complete(applied)));
            pump();
        } else {
            waiting.addAll(0, now);
            thread.after(RETRY, this::pump);
        }
    }
}
