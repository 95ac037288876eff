package io.skep.cluster.fault;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Faults and when they happen.
 *
 * @param faults in the order of their times
 */
public record Schedule(List<Timed> faults) {
    /** Puts them in order. */
    public Schedule {
        faults = faults.stream().sorted(Comparator.comparing(Timed::at)).toList();
    }

    /**
     * A fault and when it happens.
     *
     * @param at after the beginning
     * @param fault what
     */
    public record Timed(Duration at, Fault fault) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.3f %s", at.toMillis() / 1000.0, fault);
        }
    }

    /** Reads what {@link #text} wrote; what follows a {@code #} does not count. */
    public static Schedule parse(String text) {
        return new Schedule(text.lines()
                .map(line -> line.replaceAll("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .map(Schedule::timed)
                .toList());
    }

    private static Timed timed(String line) {
        String[] parts = line.split("\\s+", 2);
        return new Timed(Duration.ofMillis(Math.round(Double.parseDouble(parts[0]) * 1000)), Fault.parse(parts[1]));
    }

    /** One line a fault: seconds and the fault. */
    public String text() {
        return faults.stream().map(timed -> timed + "\n").collect(Collectors.joining());
    }
}
