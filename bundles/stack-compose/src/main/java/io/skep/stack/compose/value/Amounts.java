package io.skep.stack.compose.value;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations, sizes and shares of processors as Docker users write them. */
public final class Amounts {
    private static final int LONGEST = 40;
    private static final Pattern PART = Pattern.compile("([0-9]*\\.?[0-9]+|[0-9]+\\.)(ns|us|µs|μs|ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([kmgtp]?)(?:i?b)?");
    private static final Map<String, Long> NANOS = Map.of(
            "ns",
            1L,
            "us",
            1_000L,
            "µs",
            1_000L,
            "μs",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "h",
            3_600_000_000_000L);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Amounts() {}

    /** A duration such as {@code 1m30s} or {@code 500ms}; zero may go without a unit. */
    public static Optional<Duration> duration(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        int end = 0;
        while (text.length() <= LONGEST && part.find() && part.start() == end) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit(part.group(2)))));
            end = part.end();
        }
        return end == 0 || end < text.length() ? Optional.empty() : whole(nanos).map(Duration::ofNanos);
    }

    /** Bytes such as {@code 64M}, {@code 1.5g} or {@code 4096}; all units are powers of 1024. */
    public static Optional<Long> bytes(String text) {
        Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (text.length() > LONGEST || !size.matches()) {
            return Optional.empty();
        }
        int power = size.group(2).isEmpty() ? 0 : 1 + "kmgtp".indexOf(size.group(2));
        return whole(new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power))));
    }

    /** Processors such as {@code 0.5} in billionths; nothing finer than a billionth. */
    public static Optional<Long> nanoCpus(String text) {
        if (text.length() > LONGEST || !text.matches("[0-9]+(\\.[0-9]*)?|\\.[0-9]+")) {
            return Optional.empty();
        }
        BigDecimal nanos = new BigDecimal(text).movePointRight(9);
        return nanos.stripTrailingZeros().scale() > 0 ? Optional.empty() : whole(nanos);
    }

    private static long unit(String name) {
        Long nanos = NANOS.get(name);
        return nanos == null ? 0 : nanos;
    }

    private static Optional<Long> whole(BigDecimal number) {
        return number.compareTo(MOST) > 0 ? Optional.empty() : Optional.of(number.longValue());
    }
}
