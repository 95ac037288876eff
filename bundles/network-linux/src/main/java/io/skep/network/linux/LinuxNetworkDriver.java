package io.skep.network.linux;

import io.skep.api.network.NetworkDriver;
import io.skep.api.network.RouteTable;
import io.skep.api.network.Sandbox;
import io.skep.api.network.SandboxConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Containers' networks on one Linux node: a namespace for each sandbox, a bridge for each network, and nftables rules for
 * everything between. Holds nothing that the kernel does not hold, and takes nothing down when it stops.
 */
@Component(service = NetworkDriver.class, configurationPid = Settings.PID, property = NetworkDriver.PROPERTY + "=linux")
@Designate(ocd = Settings.class)
public final class LinuxNetworkDriver implements NetworkDriver {
    private final Turn turn = new Turn();
    private final HostCommands commands;
    private final Sandboxes sandboxes;
    private final Routes routes;

    @Activate
    public LinuxNetworkDriver(Settings settings) {
        this(new Names(settings.instance()), settings.nameServerPort(), new HostCommands());
    }

    LinuxNetworkDriver(Names names, int nameServerPort, HostCommands commands) {
        this.commands = commands;
        this.sandboxes = new Sandboxes(names, nameServerPort, commands);
        this.routes = new Routes(names, commands);
    }

    @Override
    public Optional<String> problem() {
        return Requirements.problem(commands);
    }

    @Override
    public List<Sandbox> attach(List<SandboxConfig> requests) {
        return turn.take(() -> sandboxes.attach(requests));
    }

    @Override
    public void detach(Set<String> sandboxIds) {
        turn.take(() -> sandboxes.detach(sandboxIds));
    }

    @Override
    public Set<String> sandboxes() {
        return sandboxes.ids();
    }

    @Override
    public Optional<String> portHolder(String protocol, int port) {
        return Listeners.holder(commands, protocol, port);
    }

    @Override
    public void route(RouteTable table) {
        turn.take(() -> routes.state(table));
    }
}
