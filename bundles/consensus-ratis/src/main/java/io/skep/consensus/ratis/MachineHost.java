package io.skep.consensus.ratis;

import io.skep.api.consensus.StateMachine;
import io.skep.consensus.support.Batch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the state machine, from one thread of Ratis at a time, and remembers how far it has come: when the server starts anew in a
 * group that stays open, what the machine knows already is passed over. Should the machine fail, it is never called again and the
 * member stops.
 */
final class MachineHost {
    private record Waiter(long index, CompletableFuture<Long> reached) {}

    private final StateMachine machine;
    private final Consumer<Throwable> onBroken;
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private volatile TermIndex applied = TermIndex.INITIAL_VALUE;
    private volatile @Nullable Throwable broken;

    MachineHost(StateMachine machine, Consumer<Throwable> onBroken) {
        this.machine = machine;
        this.onBroken = onBroken;
    }

    TermIndex applied() {
        return applied;
    }

    /** Applies a batch and gives the answers; null when the machine has applied it in an earlier run of the server. */
    byte @Nullable [] apply(TermIndex at, byte[] batch) {
        checkWhole();
        if (at.getIndex() <= applied.getIndex()) {
            return null;
        }
        List<byte[]> answers;
        try {
            answers = machine.applyAll(at.getIndex(), Batch.commands(batch));
        } catch (RuntimeException | Error failure) {
            throw fail("command " + at.getIndex() + " cannot be applied", failure);
        }
        reach(at);
        return Batch.ofAnswers(at.getIndex(), answers);
    }

    /** Takes note of an entry that is not for the machine. */
    void pass(TermIndex at) {
        if (at.getIndex() > applied.getIndex()) {
            reach(at);
        }
    }

    /** Writes the state as of {@link #applied()}. */
    void save(OutputStream out) throws IOException {
        checkWhole();
        machine.save(out);
    }

    /** Takes the state of a snapshot over, unless the machine is past it. */
    void load(TermIndex at, InputStream in) {
        checkWhole();
        if (at.getIndex() <= applied.getIndex()) {
            return;
        }
        try {
            machine.load(in);
        } catch (IOException | RuntimeException | Error failure) {
            throw fail("the snapshot at " + at.getIndex() + " cannot be loaded", failure);
        }
        reach(at);
    }

    /** Completes, on any thread, once everything up to an index is applied. */
    CompletableFuture<Long> whenApplied(long index) {
        CompletableFuture<Long> reached = new CompletableFuture<>();
        waiters.add(new Waiter(index, reached));
        release();
        return reached;
    }

    private void reach(TermIndex at) {
        applied = at;
        release();
    }

    private void release() {
        if (!waiters.isEmpty()) {
            long now = applied.getIndex();
            waiters.removeIf(waiter -> waiter.index() <= now && release(waiter, now));
        }
    }

    private static boolean release(Waiter waiter, long now) {
        waiter.reached().complete(now);
        return true;
    }

    private void checkWhole() {
        Throwable cause = broken;
        if (cause != null) {
            throw new IllegalStateException("the state machine failed before", cause);
        }
    }

    private IllegalStateException fail(String what, Throwable cause) {
        broken = cause;
        onBroken.accept(new IllegalStateException(what + ": " + cause, cause));
        return new IllegalStateException(what, cause);
    }
}
