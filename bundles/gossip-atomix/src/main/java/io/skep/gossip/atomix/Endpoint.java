package io.skep.gossip.atomix;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Where a node gossips. The host is a literal address, never a name: looking a name up may block, and members are told
 * apart by the text of their addresses.
 */
record Endpoint(String host, int port) {
    private static final Pattern IPV4 =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final int LONGEST_HOST = 45;

    Endpoint {
        if (host.length() > LONGEST_HOST
                || !(IPV4.matcher(host).matches() || IPV6.matcher(host).matches())
                || port < 1
                || port > 65_535) {
            throw malformed(host + ":" + port);
        }
    }

    /** Reads {@code host:port}, IPv6 hosts in brackets. */
    static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw malformed(text);
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            return new Endpoint(
                    host.equals("localhost") ? "127.0.0.1" : host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw malformed(text);
        }
    }

    InetSocketAddress socketAddress() {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw malformed(toString());
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    private static SkepException malformed(String text) {
        return new SkepException(
                ErrorCode.INVALID_ARGUMENT,
                "gossip address " + text + " is not host:port with a numeric address; name the node by its IP address");
    }
}
