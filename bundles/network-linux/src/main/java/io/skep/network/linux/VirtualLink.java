package io.skep.network.linux;

import java.util.Set;
import java.util.TreeSet;

/**
 * Makes virtual addresses local to the node: a local route each, on an interface of their own, so that the node answers
 * for them on every bridge (ARP) and the kernel keeps the list of them. Pure.
 */
final class VirtualLink {
    private VirtualLink() {}

    /** The addresses in the lines of {@code ip route show table local}, such as {@code local 10.0.1.2 scope host}. */
    static Set<String> parse(String text) {
        Set<String> addresses = new TreeSet<>();
        text.lines().map(line -> line.strip().split("\\s+")).forEach(words -> {
            if (words.length > 1 && words[0].equals("local")) {
                addresses.add(words[1]);
            }
        });
        return addresses;
    }

    /** The shell script that turns the present addresses into the wanted ones; empty when they are the same. */
    static String script(String link, Set<String> present, Set<String> wanted) {
        if (present.equals(wanted)) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        if (wanted.isEmpty()) {
            return text.append("ip link del ").append(link).append('\n').toString();
        }
        text.append("ip link show ")
                .append(link)
                .append(" >/dev/null 2>&1 || ip link add ")
                .append(link)
                .append(" type bridge\n");
        text.append("ip -batch - <<'END'\nlink set ").append(link).append(" addrgenmode none up\n");
        wanted.stream()
                .filter(address -> !present.contains(address))
                .forEach(address -> route(text, "replace", address, link));
        present.stream()
                .filter(address -> !wanted.contains(address))
                .forEach(address -> route(text, "del", address, link));
        return text.append("END\n").toString();
    }

    private static void route(StringBuilder text, String verb, String address, String link) {
        text.append("route ")
                .append(verb)
                .append(" local ")
                .append(address)
                .append(" dev ")
                .append(link)
                .append('\n');
    }
}
