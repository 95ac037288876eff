package io.skep.contracts;

import io.skep.model.SkepException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits in a test for what a stage brings, never longer than a minute. */
public final class Await {
    private static final long SECONDS = 60;

    private Await() {}

    /** The stage's value; its {@link SkepException} or, for anything else, an {@link AssertionError} is thrown. */
    public static <T> T answer(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof SkepException known) {
                throw known;
            }
            throw new AssertionError("the stage failed with something else than a SkepException", failure.getCause());
        } catch (TimeoutException failure) {
            throw new AssertionError("nothing came within " + SECONDS + " s", failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", failure);
        }
    }

    /** The failure of a stage that must fail. */
    public static SkepException failure(CompletionStage<?> stage) {
        try {
            throw new AssertionError("expected a failure but got " + answer(stage));
        } catch (SkepException expected) {
            return expected;
        }
    }
}
