package io.skep.network.linux;

import static io.skep.contracts.network.NetworkDriverContract.BACK;
import static io.skep.contracts.network.NetworkDriverContract.FRONT;
import static io.skep.contracts.network.NetworkDriverContract.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.network.RouteTable;
import io.skep.api.network.RouteTable.Overlay;
import io.skep.api.network.RouteTable.Peer;
import io.skep.api.network.RouteTable.PortRoute;
import io.skep.api.network.RouteTable.VirtualAddress;
import io.skep.api.network.SandboxConfig;
import io.skep.api.network.SandboxConfig.Attachment;
import io.skep.api.network.SegmentConfig;
import io.skep.contracts.network.Responder;
import io.skep.contracts.network.Visitor;
import io.skep.network.linux.OverlayLab.Host;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Real packets between three hosts: one and two have containers on the network {@code front}, three has none and only serves its published
 * ports; a fourth host is no member.
 */
final class OverlayTest {
    private static final String VIRTUAL = "10.77.1.100";
    private static final String ONE = "10.77.1.11";
    private static final String TWO = "10.77.1.12";
    private static final String ASKER = "10.77.1.20";

    private static OverlayLab hosts;
    private static Host first;
    private static Host second;
    private static Host third;
    private static Host stranger;

    @BeforeAll
    static void start() {
        hosts = new OverlayLab();
        first = hosts.host(1);
        second = hosts.host(2);
        third = hosts.host(3);
        stranger = hosts.host(4);
        for (Host host : List.of(first, second, third)) {
            host.driver().stand(List.of(front(host)));
        }
        first.driver().stand(List.of(front(first), segment(BACK, 2, 1, first.underlay())));
        first.driver()
                .attach(List.of(
                        on("one", first, ONE),
                        on("asker", first, ASKER),
                        new SandboxConfig(
                                "foreign",
                                List.of(new Attachment(
                                        BACK, "back", "10.77.2.0/24", "10.77.2.1", "10.77.2.20", false)))));
        second.driver().attach(List.of(on("two", second, TWO)));
        hosts.lab.start(first.names().namespace("one"), Responder.class, "one", "80");
        hosts.lab.start(second.names().namespace("two"), Responder.class, "two", "80");
        hosts.lab.start(second.names().namespace("two"), Transfer.class, "serve", "81");
        route(first);
        route(second);
        route(third);
    }

    @AfterAll
    static void stop() throws IOException {
        hosts.close();
    }

    private static SegmentConfig front(Host host) {
        return segment(FRONT, 1, host.number(), host.underlay());
    }

    private static SandboxConfig on(String id, Host host, String address) {
        return new SandboxConfig(
                id,
                List.of(new Attachment(FRONT, "front", "10.77.1.0/24", "10.77.1." + host.number(), address, false)));
    }

    private static void route(Host host) {
        host.driver().route(routes(host));
    }

    private static RouteTable routes(Host host) {
        List<Peer> peers = Stream.of(
                        new Peer(first.underlay(), "10.77.1.1", List.of(ONE, ASKER)),
                        new Peer(second.underlay(), "10.77.1.2", List.of(TWO)),
                        new Peer(third.underlay(), "10.77.1.3", List.of()))
                .filter(peer -> !peer.underlay().equals(host.underlay()))
                .toList();
        return new RouteTable(
                List.of(new PortRoute("tcp", 18080, 80, List.of(ONE, TWO))),
                List.of(new VirtualAddress(VIRTUAL, List.of(ONE, TWO))),
                List.of(new Overlay(FRONT, peers)));
    }

    private static String asker() {
        return first.names().namespace("asker");
    }

    private static String visit(String from, int times, String host, int port) {
        return hosts.lab.java(from, Visitor.class, "get", Integer.toString(times), host, Integer.toString(port));
    }

    @Test
    void reachesAContainerOfAnotherHost() {
        assertThat(visit(asker(), 2, TWO, 80)).isEqualTo("{two " + ASKER + "=2}");
        assertThat(hosts.lab.java(asker(), Visitor.class, "udp", "2", TWO, "80"))
                .isEqualTo("{two " + ASKER + "=2}");
    }

    @Test
    void carriesPacketsOfEverySize() {
        for (String bytes : List.of("1", "1400", "1500", "65536", "10000000")) {
            assertThat(Long.parseLong(hosts.lab.java(asker(), Transfer.class, "send", TWO, "81", bytes)))
                    .isPositive();
        }
        assertThat(hosts.lab.in(asker(), "ip", "link", "show", "eth0")).contains("mtu 1450");
    }

    @Test
    void answersAPublishedPortOnAHostWithoutATask() {
        assertThat(visit(hosts.outside(), 10, third.underlay(), 18080)).isEqualTo("{one 10.77.1.3=5, two 10.77.1.3=5}");
        assertThat(visit(third.namespace(), 10, "127.0.0.1", 18080)).isEqualTo("{one 10.77.1.3=5, two 10.77.1.3=5}");
        // A container of the host that was asked sees who asks.
        assertThat(visit(hosts.outside(), 10, first.underlay(), 18080))
                .isEqualTo("{one " + OverlayLab.OUTSIDE + "=5, two 10.77.1.1=5}");
    }

    @Test
    void sharesAVirtualAddressOverHosts() {
        assertThat(visit(asker(), 10, VIRTUAL, 80)).isEqualTo("{one 10.77.1.1=5, two 10.77.1.1=5}");
        assertThat(visit(third.namespace(), 10, VIRTUAL, 80)).isEqualTo("{one 10.77.1.3=5, two 10.77.1.3=5}");
    }

    @Test
    void letsTheOwnHostAloneAnswerForAVirtualAddress() {
        hosts.lab.in(asker(), "ip", "neigh", "flush", "dev", "eth0");
        visit(asker(), 5, VIRTUAL, 80);
        assertThat(hosts.lab.in(asker(), "ip", "neigh", "show", VIRTUAL)).contains("02:42:0a:4d:01:01");
        assertThat(hosts.lab.in(
                        second.namespace(),
                        "nft",
                        "list",
                        "table",
                        "bridge",
                        second.names().overlaysTable()))
                .contains("arp operation request");
    }

    @Test
    void keepsNetworksApartOverHosts() {
        assertThat(visit(first.names().namespace("foreign"), 1, TWO, 80)).contains("refused");
        assertThat(visit(second.names().namespace("two"), 1, "10.77.2.20", 80)).doesNotContain("foreign");
    }

    @Test
    void takesNothingFromAStranger() {
        String evil = segmentOfStranger();
        assertThat(visit(evil, 1, TWO, 80)).doesNotContain("two");
        // The same packets of a node that is known arrive, so it was not for another reason that they did not.
        RouteTable known = routes(second);
        List<Peer> peers = Stream.concat(
                        known.overlays().get(0).peers().stream(),
                        Stream.of(new Peer(stranger.underlay(), "10.77.1.4", List.of("10.77.1.66"))))
                .toList();
        second.driver()
                .route(new RouteTable(known.ports(), known.virtualAddresses(), List.of(new Overlay(FRONT, peers))));
        assertThat(visit(evil, 1, TWO, 80)).contains("two 10.77.1.66");
        route(second);
        assertThat(visit(evil, 1, TWO, 80)).doesNotContain("two");
    }

    private static String segmentOfStranger() {
        LinuxNetworkDriver driver = stranger.driver();
        driver.stand(List.of(front(stranger)));
        driver.attach(List.of(on("evil", stranger, "10.77.1.66")));
        driver.route(new RouteTable(
                List.of(),
                List.of(),
                List.of(new Overlay(FRONT, List.of(new Peer(second.underlay(), "10.77.1.2", List.of(TWO)))))));
        return stranger.names().namespace("evil");
    }

    @Test
    void takesNoTunnelsFromContainers() {
        hosts.lab.in(
                second.namespace(),
                "nft",
                "add table ip probe; add chain ip probe arrived { type filter hook prerouting priority -400; };"
                        + "add rule ip probe arrived udp dport 4789 udp length 9 counter");
        hosts.lab.java(asker(), Visitor.class, "udp", "1", second.underlay(), "4789");
        assertThat(hosts.lab.in(second.namespace(), "nft", "list", "table", "ip", "probe"))
                .contains("counter packets 0 ");
        hosts.lab.java(first.namespace(), Visitor.class, "udp", "1", second.underlay(), "4789");
        assertThat(hosts.lab.in(second.namespace(), "nft", "list", "table", "ip", "probe"))
                .contains("counter packets 1 ");
    }

    @Test
    void goesOnAfterASwapAndRestatesEverything() {
        LinuxNetworkDriver next = first.driver();
        next.stand(List.of(front(first), segment(BACK, 2, 1, first.underlay())));
        assertThat(visit(asker(), 1, TWO, 80)).contains("two");
        next.route(routes(first));
        assertThat(visit(asker(), 1, TWO, 80)).contains("two");
        String before = state(first);
        first.driver().route(routes(first));
        first.driver().stand(List.of(front(first), segment(BACK, 2, 1, first.underlay())));
        assertThat(state(first)).isEqualTo(before);
        hosts.lab.in(first.namespace(), "nft", "flush", "ruleset");
        assertThat(next.restore()).isTrue();
        assertThat(visit(asker(), 1, TWO, 80)).contains("two");
        assertThat(state(first)).isEqualTo(before);
    }

    private static String state(Host host) {
        String table = host.names().overlaysTable();
        return hosts.lab.in(
                host.namespace(),
                "sh",
                "-c",
                "nft list table ip " + table + " && nft list table bridge " + table
                        + " && bridge fdb show | grep ' dst ' | sort");
    }

    @Test
    void removesWhatGoes() {
        Host host = hosts.host(5);
        LinuxNetworkDriver driver = host.driver();
        driver.stand(List.of(front(host)));
        driver.route(routes(host));
        assertThat(state(host))
                .contains("02:42:0a:4d:01:0c", "00:00:00:00:00:00", host.names().overlaysTable());
        driver.route(new RouteTable(
                List.of(),
                List.of(),
                List.of(new Overlay(FRONT, List.of(new Peer(first.underlay(), "10.77.1.1", List.of()))))));
        assertThat(state(host)).doesNotContain("02:42:0a:4d:01:0c", second.underlay());
        // The number of a network, or the node's address, is another one now.
        driver.stand(List.of(segment(FRONT, 7, 5, host.underlay())));
        assertThat(state(host)).contains("02:42:0a:4d:01:01");
        assertThat(hosts.lab.in(host.namespace(), "ip", "-d", "link"))
                .contains("id 4103")
                .doesNotContain("id 4097");
        driver.stand(List.of());
        assertThat(Links.of(host.commands())).containsExactlyInAnyOrder("lo", "wire");
        assertThat(hosts.lab.in(host.namespace(), "nft", "list", "tables"))
                .doesNotContain(host.names().overlaysTable());
    }
}
