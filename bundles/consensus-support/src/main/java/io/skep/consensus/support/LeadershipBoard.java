package io.skep.consensus.support;

import io.skep.api.consensus.Leadership;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells who leads, each change once, in order, on the engine's thread. */
public final class LeadershipBoard {
    private final EngineThread thread;
    private final List<Consumer<Leadership>> listeners = new ArrayList<>();
    private volatile Leadership now = new Leadership(0, Optional.empty(), false);

    public LeadershipBoard(EngineThread thread) {
        this.thread = thread;
    }

    public Leadership now() {
        return now;
    }

    public boolean leaderless() {
        return now.leader().isEmpty();
    }

    /** Takes a report from any thread. */
    public void publish(Leadership next) {
        thread.execute(() -> settle(next));
    }

    /** Takes a report on the engine's thread. */
    public void settle(Leadership next) {
        if (!next.equals(now)) {
            now = next;
            listeners.forEach(listener -> listener.accept(next));
        }
    }

    public void subscribe(Consumer<Leadership> listener) {
        thread.execute(() -> {
            listeners.add(listener);
            listener.accept(now);
        });
    }
}
