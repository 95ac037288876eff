package io.skep.network.linux;

import io.skep.api.kernel.Effects;
import io.skep.api.kernel.EventLoop;
import io.skep.api.network.NetworkDriver;
import io.skep.api.network.RouteTable;
import io.skep.api.network.Sandbox;
import io.skep.api.network.SandboxConfig;
import io.skep.api.network.SegmentConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Containers' networks on one Linux node: a namespace for each sandbox, a bridge for each network, and nftables rules for
 * everything between. Remembers only what it was told last, and takes nothing down when it stops.
 */
@Component(service = NetworkDriver.class, configurationPid = Settings.PID, property = NetworkDriver.PROPERTY + "=linux")
@Designate(ocd = Settings.class)
public final class LinuxNetworkDriver implements NetworkDriver {
    private final Turn turn = new Turn();
    private final HostCommands commands;
    private final Sandboxes sandboxes;
    private final Routes routes;
    private final Overlays overlays;
    private final Optional<RuleKeeper> keeper;

    @Activate
    public LinuxNetworkDriver(
            Settings settings,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) EventLoop loop,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) Effects effects) {
        this(settings, new Names(settings.instance()), new HostCommands(), loop, effects);
    }

    private LinuxNetworkDriver(Settings settings, Names names, HostCommands commands, EventLoop loop, Effects effects) {
        this(names, settings.nameServerPort(), commands, Optional.of(new RuleKeeper(loop, effects, commands, names)));
    }

    /** @param keeper absent in tests in which nobody removes rules */
    LinuxNetworkDriver(Names names, int nameServerPort, HostCommands commands, Optional<RuleKeeper> keeper) {
        this.commands = commands;
        this.sandboxes = new Sandboxes(names, nameServerPort, commands);
        this.routes = new Routes(names, commands);
        this.overlays = new Overlays(names, commands);
        this.keeper = keeper;
    }

    /** Ends what watches; what stands stays. */
    @Deactivate
    public void stop() {
        keeper.ifPresent(RuleKeeper::close);
    }

    /** States again what the kernel does not have any more; the answer is whether that was anything. Blocks. */
    boolean restore() {
        return turn.take(() -> {
            boolean isolation = sandboxes.restore();
            boolean between = overlays.restore();
            return routes.restore() || isolation || between;
        });
    }

    private <T> T change(Supplier<T> change) {
        keeper.ifPresent(one -> one.begin(this::restore));
        return turn.take(change);
    }

    @Override
    public Optional<String> problem() {
        return Requirements.problem(commands);
    }

    @Override
    public List<Sandbox> attach(List<SandboxConfig> requests) {
        return change(() -> sandboxes.attach(requests));
    }

    @Override
    public void stand(List<SegmentConfig> segments) {
        change(() -> overlays.stand(sandboxes.stand(segments)));
    }

    @Override
    public void detach(Set<String> sandboxIds) {
        change(() -> sandboxes.detach(sandboxIds));
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
        RouteTable valid = ValidRoutes.of(table);
        change(() -> {
            // Before the routes: no connection is sent to a container that is not known yet.
            overlays.route(valid.overlays(), sandboxes.segments());
            return routes.state(valid);
        });
    }
}
