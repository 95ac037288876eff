package io.skep.identity;

import io.skep.contracts.kernel.ManualLoop;
import io.skep.identity.ca.BouncyAuthority;
import io.skep.identity.host.HostView;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A host on which identities start and stop; its disk and its addresses stay. */
final class Host {
    static final int PORT = 2378;

    final ManualLoop loop;
    final Managers managers;
    final Registry registry = new Registry();
    final Dice dice;
    final Path directory;
    private String address = "192.0.2.10";

    Host(Path temporary) {
        loop = new ManualLoop();
        managers = new Managers(loop::now);
        dice = new Dice();
        directory = temporary.resolve("deep/swarm");
    }

    private Host(Host before) {
        loop = before.loop;
        managers = before.managers;
        dice = before.dice;
        directory = before.directory;
        address = before.address;
    }

    void address(String other) {
        address = other;
    }

    /** An identity of a new process, with a transport. */
    SwarmIdentity start() {
        SwarmIdentity identity = withoutTransport();
        identity.setIntroduction(managers);
        return identity;
    }

    SwarmIdentity withoutTransport() {
        return new SwarmIdentity(
                registry,
                new Placing(asked -> new HostView(interfaces(), Optional.of(address)), PORT),
                new StateDirectory(directory),
                loop,
                loop,
                dice,
                new BouncyAuthority());
    }

    /** The process is killed: nothing is withdrawn, and the next one starts with an empty registry. */
    Host afterKill() {
        return new Host(this);
    }

    private List<HostView.Interface> interfaces() {
        return List.of(new HostView.Interface("eth0", false, List.of(address)));
    }
}
