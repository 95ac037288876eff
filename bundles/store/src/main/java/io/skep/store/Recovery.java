package io.skep.store;

import io.skep.api.store.Epoch;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import java.util.List;
import java.util.function.Function;

/**
 * Reads from this member's disk all that there is of the swarm's state, without a quorum. Blocking.
 *
 * @param state the state with the changes of the plan
 * @param next the epoch that begins with it
 */
record Recovery(State state, Epoch next) {
    /** Everything here is closed meanwhile. */
    static Recovery of(
            Engines engines,
            LogKey key,
            CommandSeal seal,
            Epoch present,
            Epoch alone,
            Function<Snapshot, List<Change>> plan) {
        State state = read(engines, key, seal, present);
        Epoch last = present;
        // A kill in the middle of a move: the next group counts if it has the state already.
        if (state.moved().filter(engines::opened).isPresent()) {
            Epoch next = state.moved().get();
            State further = read(engines, key, seal, next);
            last = next;
            state = further.epoch() > 0 ? further : state;
        }
        if (state.snapshot().swarm().isEmpty()) {
            throw new SkepException(
                    ErrorCode.WRONG_STATE,
                    "this manager has nothing of the swarm's state yet; recover on a manager that had it");
        }
        State recovered = state.with(plan.apply(state.snapshot()));
        Epoch next = new Epoch(last.number() + 1, last.engine(), alone.groupId(), alone.founders());
        return new Recovery(recovered, next);
    }

    private static State read(Engines engines, LogKey key, CommandSeal seal, Epoch epoch) {
        Replica replica = new Replica(key, seal, State.first(epoch.number()), applied -> {});
        engines.salvage(epoch, replica);
        return replica.state();
    }
}
