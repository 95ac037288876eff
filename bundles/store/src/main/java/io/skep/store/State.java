package io.skep.store;

import io.skep.api.store.Epoch;
import io.skep.api.store.Transaction;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import java.util.List;
import java.util.Optional;
import org.pcollections.TreePMap;

/**
 * Everything that is replicated, immutable: the snapshot, and what is needed to refuse commands the same way on every manager.
 *
 * @param snapshot the tables
 * @param term the newest leader's; older ones are refused
 * @param requests the versions at which recent requests were applied, by request id
 * @param order the request ids by the number of their arrival, to forget the oldest
 * @param partial pieces of large commands, by command; of bounded size
 * @param epoch the number of the epoch that this state is of; zero until the state of the epoch before was imported
 * @param moved the epoch in which the swarm goes on, once this one is over
 */
record State(
        Snapshot snapshot,
        long term,
        TreePMap<String, Long> requests,
        TreePMap<Long, String> order,
        TreePMap<String, Partial> partial,
        long epoch,
        Optional<Epoch> moved) {
    /** How many requests are remembered. */
    static final int REMEMBERED = 10_000;

    /** The beginning of a swarm. */
    static State empty() {
        return first(1);
    }

    /** What a group of this epoch begins with. */
    static State first(long epoch) {
        return new State(
                Snapshot.empty(),
                0,
                TreePMap.empty(),
                TreePMap.empty(),
                TreePMap.empty(),
                epoch == 1 ? 1 : 0,
                Optional.empty());
    }

    /**
     * A state and what the one who asked is told.
     *
     * @param state after the command
     * @param reply to it
     * @param changes that it made visible
     */
    record Step(State state, Reply reply, List<Change> changes) {}

    /** The state after a command: the only way from one state to the next. */
    Step apply(Command command) {
        if (command instanceof Command.Import imported) {
            return begin(imported);
        }
        if (moved.isPresent()) {
            return refused(
                    Reply.Outcome.MOVED,
                    "the swarm goes on in epoch " + moved.get().number());
        }
        if (command instanceof Command.Piece piece) {
            return collect(piece);
        }
        if (command instanceof Command.BeginTerm begun) {
            return begin(begun.term());
        }
        return command instanceof Command.HandOver over
                ? leave(over.next())
                : apply(((Command.Apply) command).transaction());
    }

    private Step begin(Command.Import imported) {
        State state = epoch == 0 ? imported.state().in(imported.epoch()) : this;
        return new Step(state, Reply.applied(state.snapshot.version()), List.of());
    }

    /** The same as the beginning of another epoch. */
    State in(long number) {
        return new State(snapshot, term, requests, order, TreePMap.empty(), number, Optional.empty());
    }

    /** The same after changes that no request asked for. */
    State with(List<Change> changes) {
        return new State(snapshot.apply(changes), term, requests, order, partial, epoch, moved);
    }

    private Step leave(Epoch next) {
        if (next.number() != epoch + 1) {
            return refused(
                    Reply.Outcome.CONFLICT, "epoch " + next.number() + " cannot follow epoch " + epoch + "; repeat it");
        }
        State state = new State(snapshot, term, requests, order, TreePMap.empty(), epoch, Optional.of(next));
        return new Step(state, Reply.applied(snapshot.version()), List.of());
    }

    private Step apply(Transaction transaction) {
        Long before = requests.get(transaction.requestId());
        if (before != null) {
            return new Step(this, Reply.applied(before), List.of());
        }
        if (transaction.term() != 0 && transaction.term() < term) {
            return refused(
                    Reply.Outcome.DEPOSED,
                    "decided in term " + transaction.term() + ", but term " + term + " has begun");
        }
        Optional<Change> conflict = snapshot.conflict(transaction.changes());
        if (conflict.isPresent()) {
            return refused(Reply.Outcome.CONFLICT, explain(conflict.get()));
        }
        Snapshot after = snapshot.apply(transaction.changes());
        State state = new State(after, term, requests, order, partial, epoch, moved)
                .remember(transaction.requestId(), after.version());
        return new Step(state, Reply.applied(after.version()), transaction.changes());
    }

    /** Pieces of commands that another leader's term cut short would stay for ever; their authors repeat them whole. */
    private Step begin(long next) {
        State state = next > term ? new State(snapshot, next, requests, order, TreePMap.empty(), epoch, moved) : this;
        return new Step(state, Reply.applied(snapshot.version()), List.of());
    }

    private Step collect(Command.Piece piece) {
        Partial known = partial.getOrDefault(piece.whole(), Partial.NOTHING);
        if (known.pieces().size() != piece.number()) {
            return refused(
                    Reply.Outcome.INCOMPLETE, "piece " + piece.number() + " of " + piece.of() + " came out of turn");
        }
        byte[] part = new byte[piece.part().remaining()];
        piece.part().duplicate().get(part);
        Partial more = known.with(part);
        if (piece.number() + 1 < piece.of()) {
            State state = new State(
                    snapshot, term, requests, order, Partial.bounded(partial.plus(piece.whole(), more)), epoch, moved);
            return new Step(state, new Reply(Reply.Outcome.PARTIAL, 0, ""), List.of());
        }
        State state = new State(snapshot, term, requests, order, partial.minus(piece.whole()), epoch, moved);
        return state.apply(Command.read(more.joined()));
    }

    private State remember(String requestId, long version) {
        if (requestId.isEmpty()) {
            return this;
        }
        long next = order.isEmpty() ? 0 : order.lastKey() + 1;
        TreePMap<String, Long> known = requests.plus(requestId, version);
        TreePMap<Long, String> arrived = order.plus(next, requestId);
        if (arrived.size() > REMEMBERED) {
            known = known.minus(arrived.firstEntry().getValue());
            arrived = arrived.minus(arrived.firstKey());
        }
        return new State(snapshot, term, known, arrived, partial, epoch, moved);
    }

    private Step refused(Reply.Outcome outcome, String detail) {
        return new Step(this, Reply.refused(outcome, detail), List.of());
    }

    private String explain(Change change) {
        long now = snapshot.versionOf(change.table(), change.id());
        String what = now == Change.ABSENT ? "is gone" : "is at version " + now;
        return "update out of sequence: " + change.table() + " " + change.id() + " " + what
                + (change.expected() == Change.ABSENT ? ", expected none" : ", expected " + change.expected());
    }
}
