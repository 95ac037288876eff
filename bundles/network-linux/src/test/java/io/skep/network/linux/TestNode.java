package io.skep.network.linux;

import io.skep.api.network.NetworkDriver;
import io.skep.contracts.network.NamespaceLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A node of its own for a test: a namespace lab, and drivers that work in it under an instance name of this process. */
final class TestNode implements AutoCloseable {
    private static final int SUFFIXES = 36 * 36 * 36;

    final NamespaceLab lab;
    final Names names;
    final HostCommands commands;

    TestNode() {
        String suffix = Long.toString(ProcessHandle.current().pid() % SUFFIXES, Character.MAX_RADIX);
        names = new Names("tn" + suffix);
        lab = new NamespaceLab("lab" + suffix);
        commands = new HostCommands(NamespaceLab.entry(lab.node()));
    }

    /** A driver, as a restart of the node makes it. */
    LinuxNetworkDriver driver() {
        return new LinuxNetworkDriver(names, NetworkDriver.NAME_SERVER_PORT, commands, Optional.empty());
    }

    String namespace(String sandbox) {
        return names.namespace(sandbox);
    }

    @Override
    public void close() throws IOException {
        NetworkDriver driver = driver();
        driver.detach(Set.copyOf(driver.sandboxes()));
        driver.stand(List.of());
        lab.close();
        Path ledger = names.ledger();
        if (Files.isDirectory(ledger)) {
            Files.delete(ledger);
        }
    }
}
