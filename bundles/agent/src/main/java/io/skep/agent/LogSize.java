package io.skep.agent;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as Docker's log options write them: {@code 10m}, {@code 500k}, {@code 1g}, {@code 4096}. */
final class LogSize {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})([kmg]?)b?");

    /** A pebibyte in any unit is more than a node keeps, and stays a positive number. */
    private static final long MOST = 1L << 32;

    private LogSize() {}

    /** The number of bytes, or the standard when the text is none. */
    static long bytes(String text, long standard) {
        Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return standard;
        }
        int shift = 10 * " kmg".indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2));
        return Math.min(MOST, Long.parseLong(matcher.group(1))) << shift;
    }
}
