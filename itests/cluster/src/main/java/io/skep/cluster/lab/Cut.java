package io.skep.cluster.lab;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Frames from one host to another that the switch drops. */
record Cut(int from, int to) implements Comparable<Cut> {
    private static final Comparator<Cut> ORDER =
            Comparator.comparingInt(Cut::from).thenComparingInt(Cut::to);

    /** The switch's rules for exactly these cuts, which replace those before at once. */
    static String rules(Collection<Cut> cuts) {
        String flush = "flush set bridge lab cuts\n";
        return cuts.isEmpty()
                ? flush
                : flush
                        + cuts.stream()
                                .map(Cut::elements)
                                .collect(Collectors.joining(", ", "add element bridge lab cuts { ", " }\n"));
    }

    /** A host is at its own port, or while its link is slow at the relay's. */
    private String elements() {
        return ports(from).stream()
                .flatMap(in -> ports(to).stream().map(out -> '"' + in + "\" . \"" + out + '"'))
                .collect(Collectors.joining(", "));
    }

    private static List<String> ports(int host) {
        return List.of("h" + host, "r" + host);
    }

    @Override
    public int compareTo(Cut other) {
        return ORDER.compare(this, other);
    }
}
