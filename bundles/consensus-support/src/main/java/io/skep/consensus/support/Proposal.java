package io.skep.consensus.support;

import io.skep.model.SkepException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A command that waits for its answer, or a barrier that waits for its place in the order. */
public final class Proposal {
    /** The answer to a command, empty for a barrier, and the index of the batch that carried it. */
    public static final class Reply {
        private final long index;
        private final byte[] answer;

        public Reply(long index, byte[] answer) {
            this.index = index;
            this.answer = answer;
        }

        public long index() {
            return index;
        }

        public byte[] answer() {
            return answer;
        }
    }

    private final byte @Nullable [] command;
    private final long deadline;
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();

    /**
     * @param command null for a barrier
     * @param deadline of {@link System#nanoTime()}
     */
    public Proposal(byte @Nullable [] command, long deadline) {
        this.command = command;
        this.deadline = deadline;
    }

    public byte @Nullable [] command() {
        return command;
    }

    /** What it takes in a batch. */
    public int size() {
        return command == null ? 0 : Integer.BYTES + command.length;
    }

    public CompletableFuture<Reply> reply() {
        return reply;
    }

    public long deadline() {
        return deadline;
    }

    /** Fails the proposal when its deadline has passed, and says whether it has. */
    public boolean failIfLate(long now, Supplier<SkepException> why) {
        if (deadline - now > 0) {
            return false;
        }
        reply.completeExceptionally(why.get());
        return true;
    }
}
