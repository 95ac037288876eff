package io.skep.cluster.lab;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether packets of one host arrive at another. */
final class Reach {
    private static final Pattern TIME = Pattern.compile("time=([0-9.]+) ms");
    private static final String[] COUNT = {"bash", "-c", "awk '/^Icmp: [0-9]/ { print $10 }' /proc/net/snmp"};

    private Reach() {}

    /** Whether an answer comes. */
    static boolean bothWays(Host from, Host to) {
        return ping(from, to, 1).succeeded();
    }

    /** Whether a packet arrives, answered or not. */
    static boolean oneWay(Host from, Host to) {
        String before = to.run(COUNT).text();
        Output ping = ping(from, to, 1);
        return ping.succeeded() || !to.run(COUNT).text().equals(before);
    }

    /** Milliseconds until an answer comes. */
    static double milliseconds(Host from, Host to) {
        // the first one asks for the hardware address as well
        Output ping = ping(from, to, 2);
        Matcher times = TIME.matcher(ping.text());
        double last = Double.NaN;
        while (times.find()) {
            last = Double.parseDouble(times.group(1));
        }
        return last;
    }

    private static Output ping(Host from, Host to, int count) {
        return from.run("busybox", "ping", "-c", "" + count, "-i", "0.1", "-W", "1", to.address());
    }
}
