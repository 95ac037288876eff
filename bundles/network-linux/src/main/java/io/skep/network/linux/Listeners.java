package io.skep.network.linux;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads at which ports processes of the node listen, from {@code ss} of iproute2. */
final class Listeners {
    private static final Pattern USER = Pattern.compile("\"([^\"]+)\",pid=(\\d+)");
    private static final int COLUMN = 4;

    private Listeners() {}

    /** Who listens at the port, in words for people. Blocks. */
    static Optional<String> holder(HostCommands commands, String protocol, int port) {
        String kind = protocol.equals("udp") ? "-Hlnup" : "-Hlntp";
        String text = commands.run("", "ss", kind, "sport = :" + port).text();
        if (text.isBlank()) {
            return Optional.empty();
        }
        Matcher user = USER.matcher(text);
        return Optional.of(user.find() ? user.group(1) + " (pid " + user.group(2) + ")" : "a process of the node");
    }

    /** The ports by protocol in the lines of {@code ss -Hlntu}: protocol, state, two queues, local and peer address. */
    static Map<String, Set<Integer>> parse(String text) {
        Map<String, Set<Integer>> ports = new TreeMap<>();
        text.lines().map(line -> line.strip().split("\\s+")).forEach(columns -> {
            if (columns.length > COLUMN) {
                String local = columns[COLUMN];
                String port = local.substring(local.lastIndexOf(':') + 1);
                if (port.matches("\\d{1,5}")) {
                    ports.computeIfAbsent(columns[0], protocol -> new TreeSet<>())
                            .add(Integer.valueOf(port));
                }
            }
        });
        return ports;
    }
}
