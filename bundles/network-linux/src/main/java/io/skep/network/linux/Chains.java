package io.skep.network.linux;

import java.util.Set;
import java.util.TreeSet;

/** Reads which chains a table of the kernel has. */
final class Chains {
    /** Prints what {@link #parse} reads. */
    static final String COMMAND = "nft list chains ip";

    private Chains() {}

    /** The chains of one table in the output of {@code nft list chains}; none when there is no such table. */
    static Set<String> parse(String text, String table) {
        Set<String> chains = new TreeSet<>();
        boolean inside = false;
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith("table ip ")) {
                inside = line.equals("table ip " + table + " {");
            } else if (inside && line.startsWith("chain ")) {
                chains.add(line.substring("chain ".length(), line.indexOf(" {")));
            }
        }
        return chains;
    }
}
