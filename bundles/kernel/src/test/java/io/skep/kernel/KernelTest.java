package io.skep.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.kernel.Scope;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KernelTest {
    private final LoopThread loop = new LoopThread();
    private final EffectPool effects = new EffectPool();
    private final Scope scope = loop.open("test");

    @AfterEach
    void stop() {
        scope.close();
        effects.stop();
        loop.stop();
    }

    private void drain() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.open("drain").execute(() -> done.complete(null));
        done.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void eventsRunInOrderOnOneThread() {
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            int number = i;
            scope.execute(() -> {
                assertThat(loop.inLoop()).isTrue();
                seen.add(number);
            });
        }
        drain();
        assertThat(seen).hasSize(1000).isSorted();
    }

    @Test
    void aTimerFiresOnceUnlessItIsCancelled() {
        List<String> fired = new ArrayList<>();
        CompletableFuture<Void> late = new CompletableFuture<>();
        scope.after(Duration.ofMillis(5), () -> fired.add("cancelled")).cancel();
        scope.after(Duration.ofMillis(10), () -> fired.add("kept"));
        scope.after(Duration.ofMillis(30), () -> late.complete(null));
        late.orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(fired).containsExactly("kept");
    }

    @Test
    void nothingOfAClosedScopeRuns() {
        List<String> fired = new ArrayList<>();
        CountDownLatch gate = new CountDownLatch(1);
        scope.execute(() -> assertThat(await(gate)).isTrue());
        scope.execute(() -> fired.add("event"));
        scope.after(Duration.ZERO, () -> fired.add("timer"));
        scope.close();
        gate.countDown();
        drain();
        assertThat(fired).isEmpty();
        assertThatThrownBy(() -> scope.execute(() -> {}))
                .isInstanceOfSatisfying(
                        SkepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PART_MISSING))
                .hasMessageContaining("test is stopped");
    }

    @Test
    void anEscapingExceptionStopsItsScopeAlone() {
        scope.execute(() -> {
            throw new IllegalStateException("broken on purpose");
        });
        drain();
        assertThat(scope.closed()).isTrue();
        CompletableFuture<Void> other = new CompletableFuture<>();
        loop.open("other").execute(() -> other.complete(null));
        other.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void anEventInWhichItsScopeIsClosedBreaksNothing() {
        Scope closing = loop.open("closing");
        closing.execute(() -> {
            closing.close();
            closing.execute(() -> {});
        });
        drain();
        assertThat(closing.closed()).isTrue();
    }

    @Test
    void effectsAnswerOnTheLoop() {
        CompletableFuture<Boolean> answered = new CompletableFuture<>();
        // Asked on the loop, as components do: the answer cannot come before there is somebody to hear it.
        scope.execute(() ->
                effects.run(scope, () -> !loop.inLoop()).thenAccept(off -> answered.complete(off && loop.inLoop())));
        assertThat(answered.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
        CompletableFuture<Object> failed = effects.run(scope, () -> {
                    throw new SkepException(ErrorCode.NOT_FOUND, "no");
                })
                .toCompletableFuture();
        assertThatThrownBy(() -> failed.orTimeout(10, TimeUnit.SECONDS).join()).hasRootCauseMessage("no");
    }

    @Test
    void closingAScopeInterruptsItsEffectsAndAnswersTheirCallers() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CompletableFuture<Object> result = effects.run(scope, () -> {
                    started.countDown();
                    try {
                        return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
                    } finally {
                        interrupted.countDown();
                    }
                })
                .<Object>thenApply(x -> x)
                .toCompletableFuture();
        assertThat(await(started)).isTrue();
        scope.close();
        assertThatThrownBy(() -> result.orTimeout(10, TimeUnit.SECONDS).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(SkepException.class);
        assertThat(await(interrupted)).isTrue();
    }

    @Test
    void idsLookLikeDockers() {
        assertThat(new SystemEntropy().newId()).matches("[0-9a-z]{25}");
        assertThat(new SystemEntropy().newId()).isNotEqualTo(new SystemEntropy().newId());
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
