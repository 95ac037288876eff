package io.skep.network.linux;

import java.util.Set;
import java.util.TreeSet;

/** Reads which interfaces the node has. */
final class Links {
    private Links() {}

    /** The interfaces' names. Blocks. */
    static Set<String> of(HostCommands commands) {
        return parse(commands.run("", "cat", "/proc/net/dev").text());
    }

    /** The names in the text of {@code /proc/net/dev}: two lines of heading, then {@code name: counters}. */
    static Set<String> parse(String text) {
        Set<String> links = new TreeSet<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                links.add(line.substring(0, colon).strip());
            }
        });
        return links;
    }
}
