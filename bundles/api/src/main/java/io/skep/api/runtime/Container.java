package io.skep.api.runtime;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A container as its runtime sees it now.
 *
 * @param id the task's id
 * @param labels as configured
 * @param state where it is in its life
 * @param pid of its first process in the host's namespace, while it runs
 * @param startedAt when the first process was executed
 * @param exit how it ended, once it has
 */
public record Container(
        String id,
        Map<String, String> labels,
        State state,
        OptionalInt pid,
        Optional<Instant> startedAt,
        Optional<Exit> exit) {
    /** Where a container is in its life; it only moves on. */
    public enum State {
        PREPARED,
        RUNNING,
        EXITED
    }
}
