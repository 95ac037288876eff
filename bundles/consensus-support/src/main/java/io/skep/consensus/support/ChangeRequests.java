package io.skep.consensus.support;

import io.skep.api.consensus.Leadership;
import io.skep.model.ErrorKind;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the member that can carry out a change of the membership, again while it is unavailable, until the time is up. */
public final class ChangeRequests {
    private static final Duration RETRY = Duration.ofMillis(50);

    /** Brings a request to a member, which may be this one. */
    @FunctionalInterface
    public interface Courier {
        CompletableFuture<byte[]> ask(String member, MembershipChange change);
    }

    private final Courier courier;
    private final Function<MembershipChange, Optional<String>> whom;
    private final EngineThread thread;
    private final Supplier<Leadership> leadership;

    /**
     * For the changes that one member wants.
     *
     * @param whom whose turn it is to carry out a change; empty while that is not known
     */
    public ChangeRequests(
            Courier courier,
            Function<MembershipChange, Optional<String>> whom,
            EngineThread thread,
            Supplier<Leadership> leadership) {
        this.courier = courier;
        this.whom = whom;
        this.thread = thread;
        this.leadership = leadership;
    }

    public CompletableFuture<@Nullable Void> request(MembershipChange change, Duration limit) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        thread.execute(() -> attempt(change, done));
        return thread.limit(
                done,
                limit,
                () -> Failures.late(limit, leadership.get().leader().isEmpty()));
    }

    private void attempt(MembershipChange change, CompletableFuture<@Nullable Void> done) {
        if (done.isDone()) {
            return;
        }
        Optional<String> asked = whom.apply(change);
        if (asked.isEmpty()) {
            thread.after(RETRY, () -> attempt(change, done));
            return;
        }
        var unused = courier.ask(asked.get(), change)
                .whenComplete((answer, failure) -> thread.execute(() -> settle(change, done, failure)));
    }

    private void settle(MembershipChange change, CompletableFuture<@Nullable Void> done, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause == null) {
            done.complete(null);
        } else if (cause instanceof SkepException known && known.kind() == ErrorKind.USER) {
            done.completeExceptionally(known);
        } else {
            thread.after(RETRY, () -> attempt(change, done));
        }
    }
}
