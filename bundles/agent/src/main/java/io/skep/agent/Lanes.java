package io.skep.agent;

import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Scope;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lets only so many effects run at once, first come first served: more than the processors can carry only delay each other. On the loop. */
final class Lanes {
    private final Scope scope;
    private final Effects effects;
    private final int lanes;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    Lanes(Scope scope, Effects effects, int lanes) {
        this.scope = scope;
        this.effects = effects;
        this.lanes = lanes;
    }

    <T> CompletionStage<T> run(Callable<T> effect) {
        CompletableFuture<T> result = new CompletableFuture<>();
        waiting.add(() -> start(effect, result));
        next();
        return result;
    }

    private <T> void start(Callable<T> effect, CompletableFuture<T> result) {
        effects.run(scope, effect).whenComplete((value, failure) -> {
            running--;
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
            next();
        });
    }

    private void next() {
        while (!scope.closed() && running < lanes && !waiting.isEmpty()) {
            running++;
            waiting.remove().run();
        }
    }
}
