package io.skep.network.linux;

import static io.skep.contracts.network.NetworkDriverContract.FRONT;
import static io.skep.contracts.network.NetworkDriverContract.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.network.RouteTable;
import io.skep.api.network.RouteTable.Overlay;
import io.skep.api.network.RouteTable.Peer;
import io.skep.api.network.SandboxConfig;
import io.skep.api.network.SandboxConfig.Attachment;
import io.skep.network.linux.OverlayLab.Host;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Measures what a network between hosts costs, against the wire under it, and prints it; the bounds are far above the aims. */
final class OverlayFiguresTest {
    private static final int ROUNDS = 5;
    private static final long BYTES = 1_000_000_000;
    private static final int TURNS = 5000;
    private static final int MANY = 1000;

    @Test
    void comparesAnOverlayWithTheWire() throws IOException {
        try (OverlayLab hosts = new OverlayLab()) {
            Host first = hosts.host(1);
            Host second = hosts.host(2);
            LinuxNetworkDriver driver = join(first, second, "a", "10.77.1.11", "10.77.1.12");
            join(second, first, "b", "10.77.1.12", "10.77.1.11");
            String from = first.names().namespace("a");
            hosts.lab.start(second.namespace(), Transfer.class, "serve", "90");
            hosts.lab.start(second.names().namespace("b"), Transfer.class, "serve", "90");
            long direct = send(hosts, first.namespace(), second.underlay());
            long inside = send(hosts, from, "10.77.1.12");
            System.out.printf(
                    "TCP, hosts: %.1f Gbit/s%nTCP, containers: %.1f Gbit/s%n", gigabits(direct), gigabits(inside));
            long directTurn = turn(hosts, first.namespace(), second.underlay());
            long insideTurn = turn(hosts, from, "10.77.1.12");
            System.out.printf(
                    "one byte there and back, hosts: %d us%none byte there and back, containers: %d us%n",
                    directTurn / 1000, insideTurn / 1000);
            long start = System.nanoTime();
            driver.route(routes(second, many()));
            System.out.printf("%d containers elsewhere: %d ms%n", MANY, (System.nanoTime() - start) / 1_000_000);
            assertThat(gigabits(inside)).isGreaterThan(0.5);
            assertThat(insideTurn).isLessThan(5_000_000);
        }
    }

    private static LinuxNetworkDriver join(Host host, Host other, String id, String address, String far) {
        LinuxNetworkDriver driver = host.driver();
        driver.stand(List.of(segment(FRONT, 1, host.number(), host.underlay())));
        driver.attach(List.of(new SandboxConfig(
                id,
                List.of(new Attachment(FRONT, "front", "10.77.1.0/24", "10.77.1." + host.number(), address, false)))));
        driver.route(routes(other, List.of(far)));
        return driver;
    }

    private static RouteTable routes(Host other, List<String> containers) {
        Peer peer = new Peer(other.underlay(), "10.77.1." + other.number(), containers);
        return new RouteTable(List.of(), List.of(), List.of(new Overlay(FRONT, List.of(peer))));
    }

    private static List<String> many() {
        return IntStream.range(0, MANY)
                .mapToObj(i -> "10.78." + i / 250 + "." + (1 + i % 250))
                .toList();
    }

    private static long send(OverlayLab hosts, String from, String to) {
        return median(hosts, from, "send", to, "90", Long.toString(BYTES));
    }

    private static long turn(OverlayLab hosts, String from, String to) {
        return median(hosts, from, "turns", to, "90", Integer.toString(TURNS)) / TURNS;
    }

    private static long median(OverlayLab hosts, String from, String... arguments) {
        long[] nanos = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            nanos[round] = Long.parseLong(hosts.lab.java(from, Transfer.class, arguments));
        }
        Arrays.sort(nanos);
        return nanos[ROUNDS / 2];
    }

    private static double gigabits(long nanos) {
        return 8.0 * BYTES / nanos;
    }
}
