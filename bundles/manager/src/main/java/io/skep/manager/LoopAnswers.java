package io.skep.manager;

import io.skep.api.kernel.Scope;
import io.skep.model.SkepException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Answers on the loop what other nodes ask on the transport's threads; what is open when the component goes is answered with that. Thread-safe. */
final class LoopAnswers {
    private final Scope scope;
    private final Map<Object, CompletableFuture<?>> open = new ConcurrentHashMap<>();

    LoopAnswers(Scope scope) {
        this.scope = scope;
    }

    <A> CompletionStage<A> answer(Supplier<CompletionStage<A>> work) {
        CompletableFuture<A> answer = new CompletableFuture<>();
        Object key = new Object();
        open.put(key, answer);
        scope.execute(() -> begun(work).whenComplete((done, failure) -> {
            if (failure == null) {
                answer.complete(done);
            } else {
                answer.completeExceptionally(Requests.cause(failure));
            }
        }));
        return answer.whenComplete((done, failure) -> open.remove(key));
    }

    /** What others ask must not end this component by an exception. */
    static <A> CompletionStage<A> begun(Supplier<CompletionStage<A>> work) {
        return CompletableFuture.completedFuture(true).thenCompose(now -> work.get());
    }

    /** Ends everything that is open; once the scope is closed. */
    void close(SkepException why) {
        List.copyOf(open.values()).forEach(answer -> answer.completeExceptionally(why));
    }
}
