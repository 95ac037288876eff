package io.skep.transport;

import java.util.HashMap;
import java.util.Map;

/** Counts the connections that have shown no certificate, so that strangers cannot use up what nodes need. Event loop only. */
final class Guests {
    private static final int MOST = 512;
    private static final int MOST_OF_A_HOST = 64;

    private final Map<String, Integer> hosts = new HashMap<>();
    private int all;

    /** Lets one in, or says false. */
    boolean enter(String host) {
        if (all >= MOST || hosts.getOrDefault(host, 0) >= MOST_OF_A_HOST) {
            return false;
        }
        all++;
        hosts.merge(host, 1, Integer::sum);
        return true;
    }

    /** One is gone, or no stranger any more. */
    void leave(String host) {
        all--;
        hosts.computeIfPresent(host, (same, count) -> count == 1 ? null : count - 1);
    }
}
