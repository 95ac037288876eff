package io.skep.shell;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the answers of asynchronous calls on the command's own thread. */
public final class Answers {
    private static final long SECONDS = 30;

    private Answers() {}

    /**
     * The value of a stage.
     *
     * @throws SkepException the stage's own, or {@code TIMED_OUT} after 30 s
     */
    public static <T> T of(CompletionStage<T> stage) throws InterruptedException {
        return within(stage, SECONDS)
                .orElseThrow(() -> new SkepException(
                        ErrorCode.TIMED_OUT,
                        "no answer within " + SECONDS
                                + " s; see swarm:info, and repeat the command when the swarm is well"));
    }

    /** The value of a stage, which is never null; empty when it takes longer. Throws the stage's own exception. */
    public static <T> Optional<T> within(CompletionStage<T> stage, long seconds) throws InterruptedException {
        try {
            return Optional.of(stage.toCompletableFuture().get(seconds, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } catch (TimeoutException e) {
            return Optional.empty();
        }
    }

    private static SkepException unwrapped(ExecutionException e) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof SkepException)) {
            cause = cause.getCause();
        }
        return cause instanceof SkepException known
                ? known
                : new SkepException(ErrorCode.FAILED, "the call failed: " + cause + "; see log:display", cause);
    }
}
