package io.skep.network.linux;

import java.util.Optional;

/** Finds out whether the node has the programs and rights that the driver needs. */
final class Requirements {
    private static final String SCRIPT = """
            for program in ip bridge nft; do
                command -v $program >/dev/null || echo "missing $program"
            done
            ip link show lo >/dev/null 2>&1 || echo "link: $(ip link show lo 2>&1)"
            nft list tables >/dev/null 2>&1 || echo "nft: $(nft list tables 2>&1 | head -1)"
            [ -w /proc/sys/net/ipv4/ip_forward ] || echo "sysctl: /proc/sys/net/ipv4/ip_forward cannot be written"
            """;

    private Requirements() {}

    /** Why the driver cannot work here, and what to do; empty when it can. Blocks. */
    static Optional<String> problem(HostCommands commands) {
        String said = commands.script(SCRIPT).text().strip();
        if (said.isEmpty()) {
            return Optional.empty();
        }
        if (said.contains("missing")) {
            return Optional.of("iproute2 or nftables is not installed; run: apt-get install -y iproute2 nftables");
        }
        String first = said.lines().findFirst().orElse(said);
        return Optional.of("the node's network cannot be changed (" + first + "); run Skep as root (CAP_NET_ADMIN)");
    }
}
