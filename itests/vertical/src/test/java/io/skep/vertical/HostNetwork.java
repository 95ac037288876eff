package io.skep.vertical;

import io.skep.api.network.NetworkDriver;
import io.skep.api.network.RouteTable;
import io.skep.api.network.Sandbox;
import io.skep.api.network.SandboxConfig;
import io.skep.api.network.SegmentConfig;
import io.skep.contracts.network.SimulatedNetworkDriver;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A simulated network driver that lets tests wait for what it does. */
final class HostNetwork implements NetworkDriver {
    private final HostThread thread;
    private final SimulatedNetworkDriver driver;

    HostNetwork(HostThread thread, SimulatedNetworkDriver driver) {
        this.thread = thread;
        this.driver = driver;
    }

    @Override
    public Optional<String> problem() {
        return driver.problem();
    }

    @Override
    public List<Sandbox> attach(List<SandboxConfig> requests) {
        return thread.call(() -> driver.attach(requests));
    }

    @Override
    public void stand(List<SegmentConfig> segments) {
        thread.run(() -> driver.stand(segments));
    }

    @Override
    public void detach(Set<String> sandboxIds) {
        thread.run(() -> driver.detach(sandboxIds));
    }

    @Override
    public Set<String> sandboxes() {
        return thread.call(driver::sandboxes);
    }

    @Override
    public void route(RouteTable routes) {
        thread.run(() -> driver.route(routes));
    }
}
