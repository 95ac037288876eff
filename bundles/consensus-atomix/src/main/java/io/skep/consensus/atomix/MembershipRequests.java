package io.skep.consensus.atomix;

import io.skep.api.consensus.Leadership;
import io.skep.model.ErrorKind;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks whoever leads for a change of the membership, again while it is unavailable, until the time is up. */
final class MembershipRequests {
    private static final Duration RETRY = Duration.ofMillis(50);

    private final Mailbox mailbox;
    private final EngineThread thread;
    private final Supplier<Leadership> leadership;

    MembershipRequests(Mailbox mailbox, EngineThread thread, Supplier<Leadership> leadership) {
        this.mailbox = mailbox;
        this.thread = thread;
        this.leadership = leadership;
    }

    CompletableFuture<@Nullable Void> request(MembershipChange change, Duration limit) {
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
        Optional<String> asked = change.verb() == MembershipChange.Verb.LEAD
                ? Optional.of(change.member())
                : leadership.get().leader();
        if (asked.isEmpty()) {
            thread.after(RETRY, () -> attempt(change, done));
            return;
        }
        var unused = mailbox.ask(Message.CHANGE, asked.get(), change.encode(), byte[].class)
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
