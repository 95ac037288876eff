package io.skep.api.runtime;

import java.time.Instant;

/**
 * One line that a container printed.
 *
 * @param at when it was printed
 * @param stream where
 * @param text without the line's end; UTF-8, malformed bytes replaced
 */
public record LogLine(Instant at, Stream stream, String text) {
    /** Where a line was printed. */
    public enum Stream {
        STDOUT,
        STDERR
    }
}
