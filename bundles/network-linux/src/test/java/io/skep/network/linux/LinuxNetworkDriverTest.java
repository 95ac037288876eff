package io.skep.network.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.network.NetworkDriver;
import io.skep.contracts.network.NamespaceLab;
import io.skep.contracts.network.NetworkDriverContract;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract on a real kernel, and recovery from a process that was killed between two steps. */
final class LinuxNetworkDriverTest implements NetworkDriverContract {
    private final TestNode node = new TestNode();

    @Override
    public NetworkDriver driver() {
        return node.driver();
    }

    @AfterEach
    void close() throws IOException {
        node.close();
    }

    @Test
    void leavesNoLinkNoNamespaceAndNoFileBehind() throws IOException {
        NetworkDriver driver = driver();
        driver.attach(List.of(NetworkDriverContract.sandbox("a", 11), NetworkDriverContract.sandbox("b", 12)));
        assertThat(links()).contains(node.names.bridge(FRONT), node.names.veth("a", 0), node.names.veth("b", 1));
        driver.detach(Set.of("a"));
        assertThat(links()).contains(node.names.bridge(FRONT)).doesNotContain(node.names.veth("a", 0));
        driver.detach(Set.of("b"));
        assertThat(links()).containsExactlyInAnyOrder("lo", "wire");
        assertThat(Files.exists(Names.NAMESPACES.resolve(node.namespace("b")))).isFalse();
        try (var files = Files.list(node.names.ledger())) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void makesAnewWhatWasHalfMade() {
        // Killed after the namespace, one link and a bridge without an address; nothing is in the ledger.
        node.lab.in(node.lab.node(), "ip", "netns", "add", node.namespace("a"));
        node.lab.in(
                node.lab.node(),
                "ip",
                "link",
                "add",
                node.names.veth("a", 1),
                "type",
                "veth",
                "peer",
                "name",
                "eth0",
                "netns",
                node.namespace("a"));
        node.lab.in(node.lab.node(), "ip", "link", "add", node.names.bridge(FRONT), "type", "bridge");
        assertThat(driver().sandboxes()).containsExactly("a");
        driver().attach(List.of(NetworkDriverContract.sandbox("a", 11)));
        assertThat(addresses("a")).contains("10.77.1.11/24", "10.77.2.11/24");
        assertThat(node.lab.in(node.namespace("a"), "ip", "route")).contains("default via 10.77.1.1");
        assertThat(node.lab.in(node.lab.node(), "ip", "address")).contains("10.77.1.1/24");
    }

    @Test
    void makesAnewWhatLostItsNamespace() {
        driver().attach(List.of(NetworkDriverContract.sandbox("a", 11)));
        NamespaceLab.sh("ip netns del " + node.namespace("a"));
        driver().attach(List.of(NetworkDriverContract.sandbox("a", 11)));
        assertThat(addresses("a")).contains("10.77.1.11/24");
    }

    @Test
    void removesLinksThatBelongToNoSandbox() {
        driver().attach(List.of(NetworkDriverContract.sandbox("a", 11)));
        node.lab.in(node.lab.node(), "ip", "link", "add", node.names.veth("lost", 0), "type", "veth");
        driver().attach(List.of(NetworkDriverContract.sandbox("b", 12)));
        assertThat(links())
                .contains(node.names.veth("a", 0), node.names.veth("b", 1))
                .doesNotContain(node.names.veth("lost", 0));
    }

    @Test
    void detachesWhatWasHalfMade() {
        node.lab.in(node.lab.node(), "ip", "netns", "add", node.namespace("half"));
        node.lab.in(node.lab.node(), "ip", "link", "add", node.names.bridge(FRONT), "type", "bridge");
        driver().detach(Set.of("half"));
        assertThat(driver().sandboxes()).isEmpty();
        assertThat(links()).containsExactlyInAnyOrder("lo", "wire");
    }

    @Test
    void keepsAwayFromOtherTablesOfTheNode() {
        node.lab.in(node.lab.node(), "nft", "add", "table", "ip", "theirs");
        driver().attach(List.of(NetworkDriverContract.sandbox("a", 11)));
        driver().route(io.skep.api.network.RouteTable.EMPTY);
        driver().detach(Set.of("a"));
        assertThat(node.lab.in(node.lab.node(), "nft", "list", "tables")).contains("table ip theirs");
    }

    private String addresses(String sandbox) {
        return node.lab.in(node.namespace(sandbox), "ip", "address");
    }

    private Set<String> links() {
        return Links.of(node.commands);
    }
}
