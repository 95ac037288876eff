package io.skep.network.linux;

import static io.skep.contracts.network.NetworkDriverContract.BACK;
import static io.skep.contracts.network.NetworkDriverContract.FRONT;
import static io.skep.contracts.network.NetworkDriverContract.attachment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.skep.api.network.NetworkDriver;
import io.skep.api.network.RouteTable;
import io.skep.api.network.RouteTable.PortRoute;
import io.skep.api.network.RouteTable.VirtualAddress;
import io.skep.api.network.SandboxConfig;
import io.skep.api.network.SandboxConfig.Attachment;
import io.skep.contracts.network.NamespaceLab;
import io.skep.contracts.network.NamespaceLab.Running;
import io.skep.contracts.network.Responder;
import io.skep.contracts.network.Visitor;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real connections through real namespaces: three backends and a client on one network, others around them. */
final class TrafficTest {
    private static final String EVEN = "{b1 X=10, b2 X=10, b3 X=10}";
    private static final List<String> BACKENDS = List.of("10.77.1.11", "10.77.1.12", "10.77.1.13");
    private static final RouteTable ROUTES = new RouteTable(
            List.of(
                    new PortRoute("tcp", 18080, 80, BACKENDS),
                    new PortRoute("udp", 18080, 80, BACKENDS),
                    new PortRoute("tcp", 18081, 80, List.of())),
            List.of(new VirtualAddress("10.77.1.2", BACKENDS), new VirtualAddress("10.77.1.3", List.of())));

    private static TestNode node;
    private static NetworkDriver driver;

    @BeforeAll
    static void start() {
        node = new TestNode();
        driver = node.driver();
        driver.attach(List.of(
                on("b1", attachment(FRONT, 1, 11)),
                on("b2", attachment(FRONT, 1, 12)),
                on("b3", attachment(FRONT, 1, 13)),
                on("client", attachment(FRONT, 1, 20)),
                on("intruder", attachment(FRONT, 1, 21)),
                on("stranger", attachment(BACK, 2, 20)),
                on("inmate", new Attachment("innerinner", "inner", "10.77.3.0/24", "10.77.3.1", "10.77.3.20", true))));
        for (String backend : List.of("b1", "b2", "b3")) {
            node.lab.start(node.namespace(backend), Responder.class, backend, "80");
        }
        node.lab.start(node.lab.far(), Responder.class, "far", "80");
        driver.route(ROUTES);
    }

    @AfterAll
    static void stop() throws IOException {
        node.close();
    }

    @Test
    void sharesAPublishedPortEvenly() {
        driver.route(ROUTES);
        assertThat(shares(node.lab.node(), "127.0.0.1", 18080)).isEqualTo(EVEN);
        assertThat(shares(node.lab.far(), NamespaceLab.NODE_ADDRESS, 18080)).isEqualTo(EVEN);
        assertThat(shares(node.lab.node(), NamespaceLab.NODE_ADDRESS, 18080)).isEqualTo(EVEN);
        assertThat(shares(node.namespace("client"), "10.77.1.1", 18080)).isEqualTo(EVEN);
        assertThat(shares(node.namespace("stranger"), "10.77.2.1", 18080)).isEqualTo(EVEN);
        assertThat(shares(node.namespace("b1"), "10.77.1.1", 18080)).isEqualTo(EVEN);
    }

    @Test
    void showsTheOtherHostsAddressToTheBackend() {
        assertThat(visit(node.lab.far(), "get", 1, NamespaceLab.NODE_ADDRESS, 18080))
                .contains(NamespaceLab.FAR_ADDRESS);
    }

    @Test
    void leadsDatagramsToo() {
        assertThat(visit(node.lab.far(), "udp", 6, NamespaceLab.NODE_ADDRESS, 18080))
                .contains("b1", "b2", "b3");
        assertThat(visit(node.namespace("client"), "udp", 6, "10.77.1.2", 80)).contains("b1", "b2", "b3");
    }

    @Test
    void movesADatagramFlowWhenItsBackendIsRemoved() {
        assumeTrue(Files.exists(Path.of("/usr/sbin/conntrack")), "the conntrack program is optional");
        driver.route(datagrams(BACKENDS.get(0)));
        Running flow = node.lab.start(node.lab.far(), Visitor.class, "holdudp", NamespaceLab.NODE_ADDRESS, "18082");
        flow.tell("question");
        assertThat(flow.line()).startsWith("b1");
        driver.route(datagrams(BACKENDS.get(1)));
        flow.tell("question");
        assertThat(flow.line()).startsWith("b2");
        driver.route(ROUTES);
    }

    private static RouteTable datagrams(String backend) {
        return new RouteTable(List.of(new PortRoute("udp", 18082, 80, List.of(backend))), List.of());
    }

    @Test
    void sharesAVirtualAddressEvenly() {
        driver.route(ROUTES);
        assertThat(shares(node.namespace("client"), "10.77.1.2", 80)).isEqualTo(EVEN);
        assertThat(shares(node.lab.node(), "10.77.1.2", 80)).isEqualTo(EVEN);
    }

    @Test
    void letsABackendCallItsOwnService() {
        driver.route(ROUTES);
        assertThat(shares(node.namespace("b2"), "10.77.1.2", 80)).isEqualTo(EVEN);
    }

    @Test
    void worksWithoutTheKernelsBridgeFilter() {
        String setting = "/proc/sys/net/bridge/bridge-nf-call-iptables";
        node.lab.in(node.lab.node(), "sh", "-c", "[ ! -e " + setting + " ] || echo 0 >" + setting);
        driver.route(ROUTES);
        assertThat(shares(node.namespace("b2"), "10.77.1.2", 80)).isEqualTo(EVEN);
        assertThat(shares(node.namespace("client"), "10.77.1.2", 80)).isEqualTo(EVEN);
        node.lab.in(node.lab.node(), "sh", "-c", "[ ! -e " + setting + " ] || echo 1 >" + setting);
    }

    @Test
    void refusesAtOnceWhatHasNoBackend() {
        assertThat(visit(node.namespace("client"), "get", 1, "10.77.1.3", 80)).contains("refused");
        assertThat(visit(node.lab.node(), "get", 1, "10.77.1.3", 80)).contains("refused");
        assertThat(visit(node.lab.far(), "get", 1, NamespaceLab.NODE_ADDRESS, 18081))
                .contains("refused");
    }

    @Test
    void neverLeadsAVirtualAddressToAServiceOfTheNode() {
        node.lab.start(node.lab.node(), Responder.class, "own", "19000");
        driver.route(new RouteTable(List.of(), List.of(new VirtualAddress("10.77.1.3", List.of()))));
        assertThat(visit(node.namespace("client"), "get", 1, "10.77.1.3", 19000))
                .contains("refused");
        assertThat(visit(node.namespace("client"), "get", 1, "10.77.1.1", 19000))
                .contains("own");
        driver.route(ROUTES);
    }

    @Test
    void keepsNetworksApartAndLetsThemOut() {
        assertThat(visit(node.namespace("stranger"), "get", 1, "10.77.1.11", 80))
                .contains("refused");
        assertThat(visit(node.namespace("stranger"), "get", 1, "10.77.1.2", 80)).contains("refused");
        assertThat(visit(node.namespace("stranger"), "get", 1, NamespaceLab.FAR_ADDRESS, 80))
                .contains("far " + NamespaceLab.NODE_ADDRESS);
        assertThat(visit(node.namespace("inmate"), "get", 1, NamespaceLab.FAR_ADDRESS, 80))
                .doesNotContain("far");
    }

    @Test
    void keepsContainersFromTheNodesLoopback() {
        // A container with CAP_NET_ADMIN that sends what is meant for 127.0.0.1 to its gateway.
        String intruder = node.namespace("intruder");
        node.lab.in(intruder, "sh", "-c", "echo 1 >/proc/sys/net/ipv4/conf/eth0/route_localnet");
        node.lab.in(intruder, "ip", "route", "flush", "table", "local", "dev", "lo");
        node.lab.in(intruder, "ip", "route", "add", "127.0.0.0/8", "via", "10.77.1.1", "src", "10.77.1.21");
        node.lab.in(
                node.lab.node(),
                "nft",
                "add table ip probe; add chain ip probe arrived { type filter hook input priority 0; };"
                        + "add rule ip probe arrived iifname != lo ip daddr 127.0.0.0/8 counter");
        visit(intruder, "get", 1, "127.0.0.1", 19999);
        assertThat(node.lab.in(node.lab.node(), "nft", "list", "table", "ip", "probe"))
                .contains("counter packets 0 ");
    }

    @Test
    void reportsAPortInUseAndKeepsTheOtherRoutes() {
        node.lab.start(node.lab.node(), Responder.class, "own", "18090");
        PortRoute taken = new PortRoute("tcp", 18090, 80, BACKENDS);
        List<PortRoute> ports = new ArrayList<>(ROUTES.ports());
        ports.add(0, taken);
        assertThatThrownBy(() -> driver.route(new RouteTable(ports, ROUTES.virtualAddresses())))
                .isInstanceOfSatisfying(SkepException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
                    assertThat(e).hasMessageContaining("18090/tcp").hasMessageContaining("java (pid ");
                });
        assertThat(visit(node.lab.node(), "get", 1, "127.0.0.1", 18090)).contains("own");
        assertThat(shares(node.lab.node(), "127.0.0.1", 18080)).isEqualTo(EVEN);
        assertThat(driver.portHolder("tcp", 18090)).isPresent();
        assertThat(driver.portHolder("udp", 18091)).isEmpty();
    }

    @Test
    void losesNoConnectionWhileRoutesAreRewritten() {
        Running fromFar = node.lab.start(node.lab.far(), Visitor.class, "loop", NamespaceLab.NODE_ADDRESS, "18080");
        Running fromNode = node.lab.start(node.lab.node(), Visitor.class, "loop", "127.0.0.1", "18080");
        Running fromClient = node.lab.start(node.namespace("client"), Visitor.class, "loop", "10.77.1.2", "80");
        Running held = node.lab.start(node.namespace("client"), Visitor.class, "hold", "10.77.1.2", "80");
        held.tell("before");
        String backend = held.line();
        for (int i = 0; i < 100; i++) {
            List<String> some = i % 2 == 0 ? BACKENDS : List.of(BACKENDS.get(i % 3));
            driver.route(new RouteTable(
                    List.of(new PortRoute("tcp", 18080, 80, some)), List.of(new VirtualAddress("10.77.1.2", some))));
            held.tell("question");
            assertThat(held.line()).isEqualTo(backend);
        }
        List<String> answers = new ArrayList<>();
        for (Running loop : List.of(fromFar, fromNode, fromClient)) {
            loop.tell("enough");
            answers.add(loop.line());
        }
        driver.route(ROUTES);
        assertThat(answers).allMatch(answer -> answer.matches("\\{b1 \\S+=\\d+, b2 \\S+=\\d+, b3 \\S+=\\d+}"));
    }

    private static SandboxConfig on(String id, Attachment attachment) {
        return new SandboxConfig(id, List.of(attachment));
    }

    private static String shares(String from, String host, int port) {
        return visit(from, "get", 30, host, port)
                .replaceAll(" [0-9.]+=", " X=")
                .replaceAll("=(\\d+), (b\\d) X=(\\d+), \\2", "=$1, $2");
    }

    private static String visit(String from, String how, int times, String host, int port) {
        return node.lab.java(from, Visitor.class, how, Integer.toString(times), host, Integer.toString(port));
    }
}
