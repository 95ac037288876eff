package io.skep.shell.service;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as docker's options take them. */
public final class Sizes {
    private static final Pattern BYTES = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)([kmgt]?)i?b?");
    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

    private static final BigDecimal MOST = BigDecimal.valueOf(1L << 50);

    private Sizes() {}

    /** {@code 64m}, {@code 1.5g}, {@code 4096}: powers of 1024. */
    static long bytes(String text) {
        Matcher matcher = BYTES.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw wrong(text, "a size", "64m or 1g");
        }
        int power = matcher.group(2).isEmpty() ? 0 : 1 + "kmgt".indexOf(matcher.group(2));
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power)));
        if (bytes.compareTo(MOST) > 0) {
            throw wrong(text, "a size below a pebibyte", "64m or 1g");
        }
        return bytes.longValue();
    }

    /** {@code 0.5}: processors, in billionths. */
    static long nanoCpus(String text) {
        try {
            return new BigDecimal(text).multiply(NANOS).longValueExact();
        } catch (NumberFormatException | ArithmeticException e) {
            throw wrong(text, "a number of processors", "0.5");
        }
    }

    /** {@code 1m30s}, {@code 500ms}. */
    public static Duration duration(String text) {
        Matcher matcher = SPAN.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            long amount = Long.parseLong(matcher.group(1));
            sum = sum.plus(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        default -> Duration.ofHours(amount);
                    });
            end = matcher.end();
        }
        if (end == 0 || end != text.length()) {
            throw wrong(text, "a duration", "10s or 1m30s");
        }
        return sum;
    }

    private static SkepException wrong(String text, String what, String example) {
        return new SkepException(ErrorCode.INVALID_ARGUMENT, "'" + text + "' is not " + what + ", such as " + example);
    }
}
