package io.skep.identity.host;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code host} or {@code host:port}, as people write it.
 *
 * @param host an IPv4 address or a name
 * @param port the one given, or the usual one
 */
public record HostPort(String host, int port) {
    private static final Pattern FORM = Pattern.compile("([^:/\\s]+)(?::([0-9]{1,5}))?");
    private static final int LAST_PORT = 65_535;

    /**
     * Reads one.
     *
     * @throws SkepException {@code INVALID_ARGUMENT}
     */
    public static HostPort parse(String text, int usualPort) {
        String plain = text.strip();
        Matcher matcher = FORM.matcher(plain);
        if (!matcher.matches()) {
            boolean six = plain.chars().filter(one -> one == ':').count() > 1;
            throw invalid(
                    plain, six ? "is an IPv6 address; nodes speak IPv4" : "is not an address such as 192.0.2.10:2377");
        }
        int port = matcher.group(2) == null ? usualPort : Integer.parseInt(matcher.group(2));
        if (port < 1 || port > LAST_PORT) {
            throw invalid(plain, "has no port between 1 and " + LAST_PORT);
        }
        return new HostPort(matcher.group(1), port);
    }

    /** As it is written. */
    public String text() {
        return host + ":" + port;
    }

    private static SkepException invalid(String text, String why) {
        return new SkepException(ErrorCode.INVALID_ARGUMENT, "'" + text + "' " + why);
    }
}
