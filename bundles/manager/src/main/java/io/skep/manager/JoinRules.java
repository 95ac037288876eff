package io.skep.manager;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.api.identity.Enrolment;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.Sensitive;
import io.skep.model.SkepException;
import io.skep.model.Trust;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who may join, in which role, and under which address; pure. */
final class JoinRules {
    private static final Duration CLOCKS_APART = Duration.ofHours(1);
    private static final Pattern SUFFIX = Pattern.compile("[0-9a-z]{8}");
    private static final Pattern ADDRESS =
            Pattern.compile("(\\[[0-9a-fA-F:.%]{2,64}]|[0-9a-zA-Z._-]{1,253}):([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;

    private JoinRules() {}

    /** The role that the token grants. The clock is looked at first, for it would also spoil the certificate. */
    static NodeRole role(Trust trust, Enrolment.Join join, Instant now) {
        if (Duration.between(join.clock(), now).abs().compareTo(CLOCKS_APART) > 0) {
            throw new SkepException(
                    ErrorCode.FORBIDDEN,
                    "the clock of the joining host says " + join.clock() + ", that of the manager " + now
                            + "; set the clock that is wrong, for example by NTP, and join again");
        }
        boolean worker = same(trust.workerSecret(), join.secret());
        boolean manager = same(trust.managerSecret(), join.secret());
        if (!worker && !manager) {
            throw new SkepException(
                    ErrorCode.FORBIDDEN,
                    "this join token is not valid, or was rotated; get the present one by swarm:join-token on a manager");
        }
        return manager ? NodeRole.MANAGER : NodeRole.WORKER;
    }

    /** Takes as long for a secret that is nearly right as for one that is not. */
    private static boolean same(Sensitive known, Sensitive given) {
        return MessageDigest.isEqual(hash(known), hash(given));
    }

    private static byte[] hash(Sensitive secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.value().getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What makes the member id of a manager. */
    static String suffix(String suffix) {
        if (!SUFFIX.matcher(suffix).matches()) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a member suffix is 8 letters and digits; the joining host runs another version of Skep");
        }
        return suffix;
    }

    /**
     * Where the node's transport listens.
     *
     * @param told {@code host:port}; a host that stands for every address is replaced
     * @param seen the numeric address under which the node was seen; may be empty
     */
    static String address(String told, String seen) {
        Matcher matcher = ADDRESS.matcher(told);
        if (!matcher.matches() || port(matcher) < 1 || port(matcher) > MAX_PORT) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + told + "' is no address of a node; give --advertise-addr with the host's own address");
        }
        String host = matcher.group(1);
        boolean every = host.equals("0.0.0.0") || host.equals("[::]");
        if (every && seen.isEmpty()) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the manager cannot see the address of the joining host; give it by --advertise-addr");
        }
        return every ? bracketed(seen) + ":" + matcher.group(2) : told;
    }

    private static int port(Matcher matcher) {
        return Integer.parseInt(matcher.group(2));
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
