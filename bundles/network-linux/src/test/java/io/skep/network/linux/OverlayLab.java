package io.skep.network.linux;

import io.skep.api.network.NetworkDriver;
import io.skep.contracts.network.NamespaceLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Hosts on one switch for a test, each a network namespace with the address {@code 10.210.0.N} on its interface {@code wire}; the switch has {@link #OUTSIDE}.
 */
final class OverlayLab implements AutoCloseable {
    /** The switch's own address, from which somebody outside asks. */
    static final String OUTSIDE = "10.210.0.254";

    private static final int SUFFIXES = 36 * 36 * 36;

    final NamespaceLab lab;
    private final String suffix = Long.toString(ProcessHandle.current().pid() % SUFFIXES, Character.MAX_RADIX);
    private final Map<Integer, Host> hosts = new TreeMap<>();

    /**
     * One host.
     *
     * @param number the last byte of its address
     * @param namespace its network namespace
     * @param names of what its driver makes
     * @param commands run on it
     */
    record Host(int number, String namespace, Names names, HostCommands commands) {
        /** A driver, as a restart of the node makes it. */
        LinuxNetworkDriver driver() {
            return new LinuxNetworkDriver(names, NetworkDriver.NAME_SERVER_PORT, commands, Optional.empty());
        }

        String underlay() {
            return "10.210.0." + number;
        }
    }

    OverlayLab() {
        lab = new NamespaceLab("ov" + suffix);
        lab.in(outside(), "ip", "link", "add", "switch", "type", "bridge");
        lab.in(outside(), "ip", "address", "add", OUTSIDE + "/24", "dev", "switch");
        lab.in(outside(), "ip", "link", "set", "switch", "up");
    }

    /** The namespace of the switch. */
    String outside() {
        return lab.far();
    }

    /** Adds a host, 1 to 9. */
    Host host(int number) {
        String namespace = "ov" + suffix + "h" + number;
        NamespaceLab.sh("[ ! -e /run/netns/" + namespace + " ] || ip netns del " + namespace);
        NamespaceLab.sh("ip netns add " + namespace);
        Host host = new Host(
                number, namespace, new Names("o" + number + suffix), new HostCommands(NamespaceLab.entry(namespace)));
        hosts.put(number, host);
        NamespaceLab.sh(
                "ip link add port" + number + " netns " + outside() + " type veth peer name wire netns " + namespace);
        lab.in(outside(), "ip", "link", "set", "port" + number, "master", "switch", "up");
        lab.in(namespace, "ip", "link", "set", "lo", "up");
        lab.in(namespace, "ip", "link", "set", "wire", "up");
        lab.in(namespace, "ip", "address", "add", host.underlay() + "/24", "dev", "wire");
        return host;
    }

    @Override
    public void close() throws IOException {
        lab.close();
        for (Host host : hosts.values()) {
            LinuxNetworkDriver driver = host.driver();
            driver.detach(Set.copyOf(driver.sandboxes()));
            driver.stand(List.of());
            NamespaceLab.sh("ip netns del " + host.namespace());
            Path ledger = host.names().ledger();
            if (Files.isDirectory(ledger)) {
                Files.delete(ledger);
            }
        }
    }
}
