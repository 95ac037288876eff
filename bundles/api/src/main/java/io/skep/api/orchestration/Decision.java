package io.skep.api.orchestration;

import io.skep.model.table.Change;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link Reconciler} wants.
 *
 * @param changes with the versions of the rows that it looked at, so that a stale decision conflicts instead of doing harm
 * @param wakeAt when the subject must be looked at again though nothing changes: timers are data
 */
public record Decision(List<Change> changes, Optional<Instant> wakeAt) {
    /** Nothing to do until something changes. */
    public static final Decision NOTHING = new Decision(List.of(), Optional.empty());

    public Decision {
        changes = List.copyOf(changes);
    }

    /** These changes now. */
    public static Decision of(List<Change> changes) {
        return new Decision(changes, Optional.empty());
    }

    /** Nothing before this time. */
    public static Decision wakeAt(Instant at) {
        return new Decision(List.of(), Optional.of(at));
    }
}
