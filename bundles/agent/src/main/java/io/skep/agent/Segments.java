package io.skep.agent;

import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Scope;
import io.skep.api.network.NetworkDriver;
import io.skep.api.network.SegmentConfig;
import io.skep.model.SkepException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Has the network driver set up the networks of this node, the latest statement last. On the loop, but for what drivers do. */
final class Segments {
    private final Scope scope;
    private final Effects effects;
    private final Plugins plugins;
    private Optional<CompletionStage<Boolean>> underWay = Optional.empty();
    private volatile Optional<List<SegmentConfig>> wanted = Optional.empty();
    private volatile Optional<Stood> stood = Optional.empty();

    /** What a driver has set up. */
    private record Stood(NetworkDriver driver, List<SegmentConfig> segments) {}

    Segments(Scope scope, Effects effects, Plugins plugins) {
        this.scope = scope;
        this.effects = effects;
        this.plugins = plugins;
    }

    /** From now on these. */
    void want(List<SegmentConfig> segments) {
        wanted = Optional.of(List.copyOf(segments));
    }

    /** Completes once those that are wanted now stand; at once while nothing is known to be wanted. */
    CompletionStage<Boolean> stand() {
        try {
            return stands(plugins.driver()) ? CompletableFuture.completedFuture(true) : standing();
        } catch (SkepException missing) {
            return CompletableFuture.failedFuture(missing);
        }
    }

    /** However many ask, the driver is asked once at a time. */
    private CompletionStage<Boolean> standing() {
        if (underWay.isPresent()) {
            return underWay.get().thenCompose(done -> stand());
        }
        CompletionStage<Boolean> begun = effects.run(scope, () -> {
                    stand(plugins.driver());
                    return true;
                })
                .whenComplete((done, failure) -> underWay = Optional.empty());
        underWay = Optional.of(begun);
        return begun;
    }

    private boolean stands(NetworkDriver driver) {
        return wanted.isEmpty() || stood.equals(wanted.map(segments -> new Stood(driver, segments)));
    }

    /**
     * Returns once those that are wanted stand, be they newer than when it was called: so of two callers the one that ends last has stated
     * the latest. Blocks; on any thread.
     */
    void stand(NetworkDriver driver) {
        while (!stands(driver)) {
            List<SegmentConfig> segments = wanted.orElse(List.of());
            driver.stand(segments);
            stood = Optional.of(new Stood(driver, segments));
        }
    }
}
