package io.skep.store;

import io.skep.api.consensus.StateMachine;
import io.skep.api.store.Applied;
import io.skep.api.store.Epoch;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;

/** This manager's copy of the state: written only by the consensus engine's thread, read by everybody through one volatile field. */
final class Replica implements StateMachine {
    /** Hears what becomes of the state, on the engine's thread: hands over and returns. */
    @FunctionalInterface
    interface Events {
        /** Transactions were applied, or another state loaded. */
        void applied(List<Applied> news);

        /** The state of the epoch before has come. */
        default void begun() {}

        /** The epoch is over. */
        default void moved(Epoch next) {}
    }

    private final LogKey key;
    private final CommandSeal seal;
    private final Events events;
    private final NavigableMap<Long, CompletableFuture<Snapshot>> waiting = new ConcurrentSkipListMap<>();
    private volatile State state;
    private volatile boolean closed;

    /** A replica with what its epoch begins with. What it reads and saves is sealed. */
    Replica(LogKey key, CommandSeal seal, State first, Events events) {
        this.key = key;
        this.seal = seal;
        this.events = events;
        state = first;
    }

    State state() {
        return state;
    }

    /** Whether the state of the epoch before has come. */
    boolean begun() {
        return state.epoch() > 0;
    }

    Snapshot snapshot() {
        return state.snapshot();
    }

    boolean applied(String requestId) {
        return state.requests().containsKey(requestId);
    }

    /** Completes when the state of this version has been applied here. */
    CompletionStage<Snapshot> reached(long version) {
        CompletableFuture<Snapshot> reached = waiting.computeIfAbsent(version, v -> new CompletableFuture<>());
        answer(state.snapshot());
        if (closed) {
            close();
        }
        return reached;
    }

    /** Nothing more will be applied here: whoever waits for it is told so. */
    void close() {
        closed = true;
        for (var next = waiting.pollFirstEntry(); next != null; next = waiting.pollFirstEntry()) {
            next.getValue()
                    .completeExceptionally(new SkepException(
                            ErrorCode.PART_MISSING,
                            "the store was stopped; repeat the request under the same request id when it runs again"));
        }
    }

    @Override
    public byte[] apply(long index, byte[] command) {
        return applyAll(index, List.of(command)).get(0);
    }

    /** Those who follow are woken once for all of it. */
    @Override
    public List<byte[]> applyAll(long index, List<byte[]> commands) {
        List<byte[]> answers = new ArrayList<>(commands.size());
        List<Applied> news = new ArrayList<>(commands.size());
        try {
            for (byte[] command : commands) {
                State.Step step = state.apply(Command.read(seal.open(command)));
                publish(step.state(), step.changes(), news);
                answers.add(Codec.toBytes(step.reply()));
            }
        } finally {
            tell(news); // of the commands before one that fails, too
        }
        return answers;
    }

    @Override
    public void save(OutputStream out) throws IOException {
        try (SealedOutput sealed = new SealedOutput(key, out)) {
            SavedState.write(state, sealed);
        }
    }

    @Override
    public void load(InputStream in) throws IOException {
        List<Applied> news = new ArrayList<>();
        publish(SavedState.read(new SealedInput(key, in)), List.of(), news);
        tell(news);
    }

    private void publish(State next, List<Change> changes, List<Applied> news) {
        State before = state;
        state = next;
        if (before.epoch() == 0 && next.epoch() > 0) {
            events.begun();
        }
        if (before.moved().isEmpty()) {
            next.moved().ifPresent(events::moved);
        }
        if (next.snapshot() != before.snapshot()) {
            news.add(new Applied(next.snapshot(), changes));
        }
    }

    private void tell(List<Applied> news) {
        if (!news.isEmpty()) {
            events.applied(news);
            answer(state.snapshot());
        }
    }

    /** One after another: whoever begins to wait meanwhile must not be cleared away unanswered. */
    private void answer(Snapshot snapshot) {
        var next = waiting.firstEntry();
        while (next != null && next.getKey() <= snapshot.version()) {
            if (waiting.remove(next.getKey(), next.getValue())) {
                next.getValue().complete(snapshot);
            }
            next = waiting.firstEntry();
        }
    }
}
