package io.skep.stack.compose.bind;

import io.skep.model.PortConfig;
import io.skep.model.PortConfig.Protocol;
import io.skep.model.PortConfig.PublishMode;
import io.skep.stack.compose.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A port written as one word: {@code published:target/protocol}, with ranges and an address in front. */
final class ShortPort {
    private static final Pattern FORM =
            Pattern.compile("(?:(?:(.*):)?([0-9]*|[0-9]+-[0-9]+):)?([0-9]+|[0-9]+-[0-9]+)(?:/([a-zA-Z]+))?");
    private static final int MOST = 65_535;
    private static final int LONGEST = 100;

    private final Values values;
    private final Node item;
    private final String text;

    ShortPort(Values values, Node item, String text) {
        this.values = values;
        this.item = item;
        this.text = text;
    }

    List<PortConfig> read() {
        Matcher form = FORM.matcher(text);
        if (text.length() > LONGEST || !form.matches()) {
            return bad("a port such as 8080:80 or 53:53/udp is expected here, not \"" + text + "\"");
        }
        if (form.group(1) != null && !form.group(1).isEmpty()) {
            values.findings()
                    .warning(
                            item.place(), "the address " + form.group(1) + " is ignored: the port is published on all");
        }
        Optional<Protocol> protocol = protocol(form.group(4));
        Optional<Range> target = range(form.group(3));
        String published = form.group(2) == null ? "" : form.group(2);
        Optional<Range> outer = published.isEmpty() ? Optional.of(new Range(0, 0)) : range(published);
        return protocol.isPresent() && target.isPresent() && outer.isPresent()
                ? pairs(outer.get(), target.get(), protocol.get())
                : List.of();
    }

    /** Ports in a row. */
    private record Range(int first, int last) {
        int size() {
            return last - first + 1;
        }
    }

    /** Two ranges go pairwise; several published ports may lead to one target, and unpublished ones are chosen by the swarm. */
    private List<PortConfig> pairs(Range published, Range target, Protocol protocol) {
        if (published.first() != 0 && target.size() != 1 && target.size() != published.size()) {
            return bad("the two ranges of \"" + text + "\" must be equally long");
        }
        List<PortConfig> ports = new ArrayList<>();
        for (int i = 0; i < Math.max(published.size(), target.size()); i++) {
            int inner = target.size() == 1 ? target.first() : target.first() + i;
            int outer = published.first() == 0 ? 0 : published.first() + i;
            ports.add(new PortConfig("", protocol, inner, outer, PublishMode.INGRESS));
        }
        return ports;
    }

    private Optional<Range> range(String digits) {
        String[] ends = digits.split("-", -1);
        int first = port(ends[0]);
        int last = port(ends[ends.length - 1]);
        if (first < 1 || last > MOST || first > last) {
            return values.wrong(item, "\"" + digits + "\" is no port or range of ports from 1 to " + MOST);
        }
        return Optional.of(new Range(first, last));
    }

    private static int port(String digits) {
        return digits.length() > 6 ? MOST + 1 : Integer.parseInt(digits);
    }

    private Optional<Protocol> protocol(@Nullable String word) {
        if (word == null || word.equalsIgnoreCase("tcp")) {
            return Optional.of(Protocol.TCP);
        }
        return word.equalsIgnoreCase("udp")
                ? Optional.of(Protocol.UDP)
                : values.wrong(item, "the protocol \"" + word + "\" is not supported; use tcp or udp");
    }

    private List<PortConfig> bad(String message) {
        values.wrong(item, message);
        return List.of();
    }
}
