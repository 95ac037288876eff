package io.skep.api.runtime;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which lines to read.
 *
 * @param tail only so many of the last lines that are there
 * @param since only lines at or after this time
 * @param follow go on with what comes
 */
public record LogQuery(OptionalInt tail, Optional<Instant> since, boolean follow) {
    /** Everything that is there. */
    public static final LogQuery ALL = new LogQuery(OptionalInt.empty(), Optional.empty(), false);
}
