package io.skep.consensus.atomix;

import io.skep.api.consensus.Leadership;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells who leads, each change once, in order, on the engine's thread. */
final class LeadershipBoard {
    private final EngineThread thread;
    private final List<Consumer<Leadership>> listeners = new ArrayList<>();
    private volatile Leadership now = new Leadership(0, Optional.empty(), false);

    LeadershipBoard(EngineThread thread) {
        this.thread = thread;
    }

    Leadership now() {
        return now;
    }

    boolean leaderless() {
        return now.leader().isEmpty();
    }

    /** Takes a report from any thread. */
    void publish(Leadership next) {
        thread.execute(() -> settle(next));
    }

    /** Takes a report on the engine's thread. */
    void settle(Leadership next) {
        if (!next.equals(now)) {
            now = next;
            listeners.forEach(listener -> listener.accept(next));
        }
    }

    void subscribe(Consumer<Leadership> listener) {
        thread.execute(() -> {
            listeners.add(listener);
            listener.accept(now);
        });
    }
}
