package io.skep.cluster.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

/**
 * The time of day that a node sees, by libfaketime. What measures durations stays right, as with a clock that somebody sets: tried with the
 * JVM's sleeps, parks, waits and schedulers, of which two return at once unless libfaketime's remedy for another C library is off.
 */
final class SteppedClock {
    private static final String FILE = "run/skep-clock";

    private SteppedClock() {}

    /** What a node needs in its environment for its clock to be stepped later. */
    static Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
                "FAKETIME_TIMESTAMP_FILE", "/" + FILE,
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0",
                "FAKETIME_NO_CACHE", "1");
    }

    /** Sets the clock of a host to so much from the true time. */
    static void step(Path root, Duration offset) {
        try {
            Path next = root.resolve(FILE + ".next");
            Files.writeString(next, "%+.3f".formatted(offset.toMillis() / 1000.0));
            Files.move(next, root.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
