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
    private final Plugins plugins;
    private final Batches<Boolean, Boolean> standing;
    private volatile Optional<List<SegmentConfig>> wanted = Optional.empty();
    private volatile Optional<Stood> stood = Optional.empty();

    /** What a driver has set up. */
    private record Stood(NetworkDriver driver, List<SegmentConfig> segments) {}

    Segments(Scope scope, Effects effects, Plugins plugins) {
        this.plugins = plugins;
        standing = new Batches<>(scope, effects, this::standAll);
    }

    /** From now on these. */
    void want(List<SegmentConfig> segments) {
        wanted = Optional.of(List.copyOf(segments));
    }

    /** Completes once those that are wanted now stand; at once while nothing is known to be wanted. */
    CompletionStage<Boolean> stand() {
        try {
            return stands(plugins.driver()) ? CompletableFuture.completedFuture(true) : standing.add(true);
        } catch (SkepException missing) {
            return CompletableFuture.failedFuture(missing);
        }
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

    private List<Boolean> standAll(List<Boolean> requests) {
        stand(plugins.driver());
        return requests;
    }
}
