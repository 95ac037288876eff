package io.skep.network.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.network.NetworkDriver;
import io.skep.api.network.RouteTable;
import io.skep.api.network.RouteTable.PortRoute;
import io.skep.api.network.RouteTable.VirtualAddress;
import io.skep.api.network.SandboxConfig;
import io.skep.contracts.network.NetworkDriverContract;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Measures what the driver costs and prints it; the bounds are far above the aims, for machines under load. */
final class FiguresTest {
    private static final int ROUNDS = 5;

    @Test
    void attachesAndRoutesFast() throws IOException {
        try (TestNode node = new TestNode()) {
            NetworkDriver driver = node.driver();
            long one = median(round -> driver.attach(sandboxes(1, round)), round -> driver.detach(ids(1, round)));
            driver.attach(List.of(NetworkDriverContract.sandbox("stays", 9)));
            long more = median(round -> driver.attach(sandboxes(1, round)), round -> driver.detach(ids(1, round)));
            long twenty = median(round -> driver.attach(sandboxes(20, round)), round -> driver.detach(ids(20, round)));
            driver.attach(sandboxes(20, 0));
            long gone = median(round -> driver.detach(ids(20, 0)), round -> driver.attach(sandboxes(20, 0)));
            long routes = median(round -> driver.route(routes(100, round)), round -> {});
            long few = median(round -> driver.route(routes(1, round)), round -> {});
            System.out.printf("attach 1, first of its network: %d ms%nattach 1, network there: %d ms%n", one, more);
            System.out.printf("attach 20: %d ms%ndetach 20: %d ms%n", twenty, gone);
            System.out.printf("route 1 service: %d ms%nroute 100 services of 3 backends: %d ms%n", few, routes);
            assertThat(twenty).isLessThan(1500);
            assertThat(routes).isLessThan(1000);
        }
    }

    private static long median(IntConsumer measured, IntConsumer after) {
        long[] millis = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            measured.accept(round);
            millis[round] = (System.nanoTime() - start) / 1_000_000;
            after.accept(round);
        }
        Arrays.sort(millis);
        return millis[ROUNDS / 2];
    }

    private static List<SandboxConfig> sandboxes(int count, int round) {
        return IntStream.range(0, count)
                .mapToObj(i -> new SandboxConfig(
                        "s" + round + "-" + i,
                        List.of(NetworkDriverContract.attachment(NetworkDriverContract.FRONT, 1, 10 + i))))
                .toList();
    }

    private static Set<String> ids(int count, int round) {
        return sandboxes(count, round).stream().map(SandboxConfig::id).collect(Collectors.toSet());
    }

    private static RouteTable routes(int services, int round) {
        List<String> backends = List.of("10.77.1.11", "10.77.1.12", "10.77.1." + (100 + round));
        return new RouteTable(
                IntStream.range(0, services)
                        .mapToObj(i -> new PortRoute("tcp", 20000 + i, 80, backends))
                        .toList(),
                IntStream.range(0, services)
                        .mapToObj(i -> new VirtualAddress("10.77.9." + (1 + i), backends))
                        .toList());
    }
}
