package io.skep.agent;

import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Scope;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Collects requests while one batch is carried out and gives the next one all of them, so that twenty containers cost few programs. On the loop.
 */
final class Batches<Q, A> {
    private final Scope scope;
    private final Effects effects;
    private final Function<List<Q>, List<A>> effect;
    private final List<Waiting<Q, A>> waiting = new ArrayList<>();
    private boolean busy;

    /** Makes batches for an effect that blocks and answers in the order of its requests. */
    Batches(Scope scope, Effects effects, Function<List<Q>, List<A>> effect) {
        this.scope = scope;
        this.effects = effects;
        this.effect = effect;
    }

    /**
     * One request.
     *
     * @param request what
     * @param answer where to
     */
    private record Waiting<Q, A>(Q request, CompletableFuture<A> answer) {}

    CompletionStage<A> add(Q request) {
        CompletableFuture<A> answer = new CompletableFuture<>();
        waiting.add(new Waiting<>(request, answer));
        if (waiting.size() == 1 && !busy) {
            scope.execute(this::go);
        }
        return answer;
    }

    private void go() {
        if (busy || scope.closed() || waiting.isEmpty()) {
            return;
        }
        busy = true;
        List<Waiting<Q, A>> batch = List.copyOf(waiting);
        waiting.clear();
        carryOut(batch).whenComplete((answers, failure) -> {
            busy = false;
            if (failure == null) {
                deliver(batch, answers);
            } else if (batch.size() > 1) {
                // One bad request must not fail the others: each is tried by itself.
                batch.forEach(this::alone);
            } else {
                batch.get(0).answer().completeExceptionally(failure);
            }
            go();
        });
    }

    private CompletionStage<List<A>> carryOut(List<Waiting<Q, A>> batch) {
        List<Q> requests = batch.stream().map(Waiting::request).toList();
        return effects.run(scope, () -> {
            List<A> answers = effect.apply(requests);
            if (answers.size() != requests.size()) {
                throw new SkepException(
                        ErrorCode.FAILED,
                        requests.size() + " requests got " + answers.size()
                                + " answers; report this to the plug-in's maker");
            }
            return answers;
        });
    }

    private void alone(Waiting<Q, A> one) {
        carryOut(List.of(one)).whenComplete((answers, failure) -> {
            if (failure == null) {
                deliver(List.of(one), answers);
            } else {
                one.answer().completeExceptionally(failure);
            }
        });
    }

    private static <Q, A> void deliver(List<Waiting<Q, A>> batch, List<A> answers) {
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).answer().complete(answers.get(i));
        }
    }
}
