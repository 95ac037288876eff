package io.skep.contracts.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.network.NetworkDriver;
import io.skep.api.network.RouteTable;
import io.skep.api.network.RouteTable.Overlay;
import io.skep.api.network.RouteTable.Peer;
import io.skep.api.network.RouteTable.PortRoute;
import io.skep.api.network.RouteTable.VirtualAddress;
import io.skep.api.network.Sandbox;
import io.skep.api.network.SandboxConfig;
import io.skep.api.network.SandboxConfig.Attachment;
import io.skep.api.network.SegmentConfig;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of {@link NetworkDriver}: a driver's test implements {@link #driver} and inherits the cases. */
public interface NetworkDriverContract {
    /** The first of the two networks that the cases use. */
    String FRONT = "frontfrontfrontfrontfront";

    /** The second. */
    String BACK = "backbackbackbackbackbackb";

    /** A driver on the test's own node, as a restart makes it: each call answers a new one, on what the earlier ones left. */
    NetworkDriver driver();

    /** A sandbox on both networks, with the host number {@code number} on each. */
    static SandboxConfig sandbox(String id, int number) {
        return new SandboxConfig(id, List.of(attachment(FRONT, 1, number), attachment(BACK, 2, number)));
    }

    /** An attachment with an address of {@code 10.77.<net>.0/24}. */
    static Attachment attachment(String networkId, int net, int number) {
        String prefix = "10.77." + net + ".";
        return new Attachment(networkId, "net" + net, prefix + "0/24", prefix + "1", prefix + number, false);
    }

    @Test
    default void worksHere() {
        assertThat(driver().problem()).isEmpty();
    }

    @Test
    default void answersInTheOrderOfTheRequests() {
        NetworkDriver driver = driver();
        List<Sandbox> made = driver.attach(List.of(sandbox("b", 11), sandbox("a", 12), sandbox("c", 13)));
        assertThat(made).extracting(Sandbox::id).containsExactly("b", "a", "c");
        assertThat(made).extracting(Sandbox::namespace).doesNotHaveDuplicates();
        assertThat(driver.sandboxes()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    default void leavesWhatStandsAsItIs() {
        NetworkDriver driver = driver();
        List<Sandbox> first = driver.attach(List.of(sandbox("a", 11)));
        List<Sandbox> second = driver.attach(List.of(sandbox("a", 11), sandbox("b", 12)));
        assertThat(second).startsWith(first.get(0)).hasSize(2);
        assertThat(driver().attach(List.of(sandbox("a", 11)))).isEqualTo(first);
    }

    @Test
    default void attachesNothingForNoRequest() {
        assertThat(driver().attach(List.of())).isEmpty();
    }

    @Test
    default void givesLoopbackAlone() {
        NetworkDriver driver = driver();
        assertThat(driver.attach(List.of(new SandboxConfig("alone", List.of()))))
                .hasSize(1);
        driver.detach(Set.of("alone"));
        assertThat(driver.sandboxes()).isEmpty();
    }

    @Test
    default void detachesWhatIsThereAndMindsNothingElse() {
        NetworkDriver driver = driver();
        driver.attach(List.of(sandbox("a", 11), sandbox("b", 12)));
        driver.detach(Set.of("a", "unknown"));
        assertThat(driver.sandboxes()).containsExactly("b");
        driver.detach(Set.of("a", "b"));
        driver.detach(Set.of("b"));
        assertThat(driver.sandboxes()).isEmpty();
    }

    @Test
    default void attachesAgainAfterDetaching() {
        NetworkDriver driver = driver();
        driver.attach(List.of(sandbox("a", 11)));
        driver.detach(Set.of("a"));
        driver.attach(List.of(sandbox("a", 11)));
        assertThat(driver.sandboxes()).containsExactly("a");
    }

    @Test
    default void takesUpWhatAnEarlierRunLeft() {
        driver().attach(List.of(sandbox("a", 11), sandbox("b", 12)));
        NetworkDriver restarted = driver();
        assertThat(restarted.sandboxes()).containsExactlyInAnyOrder("a", "b");
        restarted.detach(Set.of("a"));
        assertThat(driver().sandboxes()).containsExactly("b");
    }

    @Test
    default void refusesAnAddressOutsideItsSubnetAndLeavesNothing() {
        NetworkDriver driver = driver();
        Attachment outside = new Attachment(FRONT, "front", "10.77.1.0/24", "10.77.1.1", "10.78.1.9", false);
        SandboxConfig bad = new SandboxConfig("bad", List.of(outside));
        refused(() -> driver.attach(List.of(sandbox("good", 11), bad)));
        refused(() -> driver.attach(List.of(new SandboxConfig(
                "bad", List.of(new Attachment(FRONT, "front", "10.77.1.0/24", "10.77.1.1", "10.77.1.1", false))))));
        assertThat(driver.sandboxes()).isEmpty();
    }

    @Test
    default void attachesForSeveralCallersAtOnce() {
        NetworkDriver driver = driver();
        CompletableFuture<?>[] callers = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> driver.attach(List.of(sandbox("t" + i, 20 + i), sandbox("u" + i, 30 + i)))))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(callers).join();
        assertThat(driver.sandboxes()).hasSize(8);
    }

    @Test
    default void statesRoutesAgainAndAgain() {
        NetworkDriver driver = driver();
        RouteTable routes = new RouteTable(
                List.of(
                        new PortRoute("tcp", 18080, 80, List.of("10.77.1.11", "10.77.1.12")),
                        new PortRoute("udp", 18080, 80, List.of("10.77.1.11")),
                        new PortRoute("tcp", 18081, 81, List.of())),
                List.of(
                        new VirtualAddress("10.77.1.2", List.of("10.77.1.11")),
                        new VirtualAddress("10.77.2.2", List.of())));
        driver.route(routes);
        driver.route(routes);
        driver().route(RouteTable.EMPTY);
        driver().route(routes);
        driver.route(RouteTable.EMPTY);
    }

    @Test
    default void refusesRoutesThatCannotBe() {
        NetworkDriver driver = driver();
        refused(() -> driver.route(ports(new PortRoute("icmp", 1, 1, List.of()))));
        refused(() -> driver.route(ports(new PortRoute("tcp", 0, 1, List.of()))));
        refused(() -> driver.route(ports(new PortRoute("tcp", 1, 65536, List.of()))));
        refused(() -> driver.route(ports(new PortRoute("tcp", 18082, 1, List.of("nowhere")))));
        PortRoute twice = new PortRoute("tcp", 18082, 1, List.of());
        refused(() -> driver.route(ports(twice, twice)));
    }

    /** A network that spans nodes, with this node's address {@code 10.77.<net>.<number>} on it. */
    static SegmentConfig segment(String networkId, int net, int number, String underlay) {
        String prefix = "10.77." + net + ".";
        return new SegmentConfig(networkId, "net" + net, prefix + "0/24", prefix + number, false, 4096 + net, underlay);
    }

    @Test
    default void standsNetworksAgainAndAgain() {
        NetworkDriver driver = driver();
        SegmentConfig front = segment(FRONT, 1, 1, "10.200.0.1");
        SegmentConfig back = segment(BACK, 2, 1, "10.200.0.1");
        driver.stand(List.of(front));
        driver.stand(List.of(front, back));
        driver.attach(List.of(sandbox("a", 11)));
        driver().stand(List.of(front, back));
        driver().stand(List.of(back));
        assertThat(driver().sandboxes()).containsExactly("a");
        NetworkDriver last = driver();
        last.detach(Set.of("a"));
        last.stand(List.of());
        last.stand(List.of());
    }

    @Test
    default void leadsToOtherNodesBeforeAndAfterTheirNetworkStands() {
        NetworkDriver driver = driver();
        RouteTable routes = new RouteTable(
                List.of(),
                List.of(),
                List.of(new Overlay(
                        FRONT, List.of(new Peer("10.200.0.2", "10.77.1.3", List.of("10.77.1.12", "10.77.1.13"))))));
        driver.route(routes);
        driver.stand(List.of(segment(FRONT, 1, 1, "10.200.0.1")));
        driver.route(routes);
        driver().route(routes);
        driver.route(RouteTable.EMPTY);
        driver.stand(List.of());
    }

    @Test
    default void refusesNetworksThatCannotStand() {
        NetworkDriver driver = driver();
        refused(() -> driver.stand(List.of(segment(FRONT, 1, 300, "10.200.0.1"))));
        refused(() -> driver.stand(List.of(segment(FRONT, 1, 1, "nowhere"))));
        SegmentConfig front = segment(FRONT, 1, 1, "10.200.0.1");
        refused(() -> driver.stand(List.of(front, front)));
    }

    private static RouteTable ports(PortRoute... routes) {
        return new RouteTable(List.of(routes), List.of());
    }

    private static void refused(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(SkepException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
}
