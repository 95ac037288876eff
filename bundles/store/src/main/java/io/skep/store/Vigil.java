package io.skep.store;

import io.skep.api.consensus.Leadership;
import io.skep.api.kernel.Scope;
import io.skep.api.kernel.Timer;
import java.time.Duration;
import java.util.Optional;

/**
 * While this manager hears of no leader: asks the others whether they went on in another epoch without it. Fields belong to the loop.
 */
final class Vigil {
    /** An election takes less. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Scope scope;
    private final Terms terms;
    private final Others others;
    private final Passage passage;
    private Optional<Timer> timer = Optional.empty();

    Vigil(Scope scope, Terms terms, Others others, Passage passage) {
        this.scope = scope;
        this.others = others;
        this.passage = passage;
        this.terms = terms;
    }

    void begin() {
        terms.watch(scope, this::led);
    }

    private void led(Leadership leadership) {
        if (leadership.leader().isPresent()) {
            timer.ifPresent(Timer::cancel);
            timer = Optional.empty();
        } else if (timer.isEmpty()) {
            wait(PATIENCE);
        }
    }

    private void wait(Duration time) {
        timer = Optional.of(scope.after(time, this::ask));
    }

    private void ask() {
        others.latest().whenComplete((latest, failure) -> {
            if (!scope.closed()) {
                scope.execute(() -> {
                    if (failure == null) {
                        latest.ifPresent(passage::follow);
                    }
                    if (timer.isPresent()) {
                        wait(PATIENCE);
                    }
                });
            }
        });
    }
}
