package io.skep.shell;

import io.skep.model.ErrorCode;
import io.skep.model.PortConfig;
import io.skep.model.ServiceMode;
import io.skep.model.SkepException;
import io.skep.model.TaskState;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Values as docker's tables show them. */
public final class Texts {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};
    private static final double STEP = 1000;
    private static final MathContext DIGITS = new MathContext(3);
    private static final int ID = 12;

    private Texts() {}

    /** The first twelve characters of an id. */
    public static String id(String id) {
        return id.substring(0, Math.min(ID, id.length()));
    }

    /** An enum constant in lower case with hyphens. */
    public static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** An enum constant with a capital: {@code Active}. */
    public static String capital(Enum<?> value) {
        String text = lower(value);
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /**
     * The enum constant that a user names.
     *
     * @param what what it is, for the message
     * @throws SkepException {@code INVALID_ARGUMENT} listing those there are
     */
    public static <E extends Enum<E>> E constant(E[] values, String text, String what) {
        return Arrays.stream(values)
                .filter(value -> lower(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new SkepException(
                        ErrorCode.INVALID_ARGUMENT,
                        "'" + text + "' is no " + what + "; choose one of "
                                + Arrays.stream(values).map(Texts::lower).collect(Collectors.joining(", "))));
    }

    /** {@code NAME=value} pairs; a name without a value has the empty one. */
    public static Map<String, String> pairs(List<String> texts) {
        Map<String, String> pairs = new TreeMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            pairs.put(equals < 0 ? text : text.substring(0, equals), equals < 0 ? "" : text.substring(equals + 1));
        }
        return pairs;
    }

    /** {@code Running 3 minutes ago}. */
    public static String state(TaskState state, Instant since, Instant now) {
        return capital(state) + " " + ago(since, now);
    }

    /** {@code 3 minutes ago}. */
    public static String ago(Instant then, Instant now) {
        return span(Duration.between(then, now)) + " ago";
    }

    /** {@code 3 minutes}, in the largest unit that fits. */
    public static String span(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds < 1) {
            return "Less than a second";
        }
        if (seconds < 60) {
            return unit(seconds, "second");
        }
        if (seconds < 3600) {
            return unit(seconds / 60, "minute");
        }
        return seconds < 2 * 86_400 ? unit(seconds / 3600, "hour") : unit(seconds / 86_400, "day");
    }

    /** {@code 12.3MB}. */
    public static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= STEP && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        BigDecimal number = new BigDecimal(value).round(DIGITS);
        if (number.compareTo(BigDecimal.valueOf(1000)) >= 0 && unit < UNITS.length - 1) {
            number = BigDecimal.ONE;
            unit++;
        }
        return number.stripTrailingZeros().toPlainString() + UNITS[unit];
    }

    /** {@code *:8080->80/tcp}. */
    public static String ports(List<PortConfig> ports) {
        return ports.stream()
                .map(port -> "*:" + port.publishedPort() + "->" + port.targetPort() + "/" + lower(port.protocol()))
                .collect(Collectors.joining(", "));
    }

    /** {@code replicated}, as docker writes modes. */
    public static String mode(ServiceMode mode) {
        return mode.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Text that does not break a table: one line, at most so many characters. */
    public static String cell(String text, int most) {
        String line = text.replace('\n', ' ').replace('\r', ' ');
        return line.length() <= most ? line : line.substring(0, most - 1) + "…";
    }

    private static String unit(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }
}
