package io.skep.contracts.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.network.NetworkDriver;
import io.skep.api.network.RouteTable;
import io.skep.api.network.RouteTable.PortRoute;
import io.skep.model.SkepException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SimulatedNetworkDriverTest implements NetworkDriverContract {
    private final SimulatedNetworkDriver.Node node = new SimulatedNetworkDriver.Node();

    @Override
    public NetworkDriver driver() {
        return new SimulatedNetworkDriver(node);
    }

    @Test
    void keepsTheOtherRoutesWhenAPortIsInUse() {
        node.listen("tcp/80", "nginx (pid 7)");
        PortRoute taken = new PortRoute("tcp", 80, 80, List.of("10.0.0.2"));
        PortRoute free = new PortRoute("tcp", 81, 80, List.of("10.0.0.2"));
        assertThatThrownBy(() -> driver().route(new RouteTable(List.of(taken, free), List.of())))
                .isInstanceOf(SkepException.class);
        assertThat(node.routes().ports()).containsExactly(free);
        assertThat(driver().portHolder("tcp", 80)).contains("nginx (pid 7)");
    }
}
