package io.skep.consensus.atomix;

import io.atomix.storage.buffer.BufferInput;
import io.atomix.storage.buffer.BufferOutput;
import io.skep.api.consensus.StateMachine;
import io.skep.consensus.support.Batch;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the state machine, on Atomix's state thread alone. Should the machine fail, it is never called again and the
 * member stops: Atomix itself would log the failure and go on with a state that differs from everyone else's.
 */
final class MachineHost {
    private record Waiter(long index, CompletableFuture<Long> reached) {}

    private final StateMachine machine;
    private final Consumer<Throwable> onBroken;
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private volatile long applied;
    private volatile @Nullable Throwable broken;

    MachineHost(StateMachine machine, Consumer<Throwable> onBroken) {
        this.machine = machine;
        this.onBroken = onBroken;
    }

    /** Applies a batch and gives the answers. */
    byte[] apply(long index, byte[] batch) {
        checkWhole();
        List<byte[]> answers;
        try {
            answers = machine.applyAll(index, Batch.commands(batch));
        } catch (RuntimeException | Error failure) {
            throw fail("command " + index + " cannot be applied", failure);
        }
        reach(index);
        return Batch.ofAnswers(index, answers);
    }

    /** Writes index and state. */
    void save(BufferOutput<?> output) {
        checkWhole();
        output.writeLong(applied);
        try (SnapshotOutput stream = new SnapshotOutput(output)) {
            machine.save(stream);
        } catch (IOException | RuntimeException failure) {
            // An error, for Atomix swallows exceptions here and would drop the log for half a snapshot.
            throw new AssertionError("the state cannot be saved", failure);
        }
    }

    /** Takes the state of a snapshot over, unless it is the one that the machine has reached by itself. */
    void load(BufferInput<?> input) {
        checkWhole();
        long index = input.readLong();
        if (index == applied) {
            return;
        }
        try {
            machine.load(new SnapshotInput(input));
        } catch (IOException | RuntimeException | Error failure) {
            throw fail("the snapshot at " + index + " cannot be loaded", failure);
        }
        reach(index);
    }

    /** Completes, on any thread, once the machine has applied the batch at an index. */
    CompletableFuture<Long> whenApplied(long index) {
        CompletableFuture<Long> reached = new CompletableFuture<>();
        waiters.add(new Waiter(index, reached));
        release();
        return reached;
    }

    private void reach(long index) {
        applied = index;
        release();
    }

    private void release() {
        if (!waiters.isEmpty()) {
            long now = applied;
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
