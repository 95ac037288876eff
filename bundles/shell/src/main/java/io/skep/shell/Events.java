package io.skep.shell;

import io.skep.api.store.Applied;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What is applied in the cluster, in order, until the part that tells it goes away. */
public final class Events {
    private final BlockingQueue<Optional<Applied>> queue = new LinkedBlockingQueue<>();

    void add(Applied applied) {
        queue.add(Optional.of(applied));
    }

    /** Nothing more will come. */
    void end() {
        queue.add(Optional.empty());
    }

    /**
     * Waits for the next one.
     *
     * @throws SkepException {@code PART_MISSING} when none can come any more
     */
    public Applied take() throws InterruptedException {
        return present(queue.take());
    }

    /** The next one, or empty when patience ended first; throws as {@link #take}. */
    public Optional<Applied> poll(Duration patience) throws InterruptedException {
        Optional<Applied> next = queue.poll(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
        return next == null ? Optional.empty() : Optional.of(present(next));
    }

    private static Applied present(Optional<Applied> next) {
        return next.orElseThrow(
                () -> new SkepException(
                        ErrorCode.PART_MISSING,
                        "the manager was stopped while the command waited; what was asked stays asked: see how it goes with swarm:service-ls when it runs again"));
    }
}
