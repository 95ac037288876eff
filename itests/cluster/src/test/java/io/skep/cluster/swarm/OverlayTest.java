package io.skep.cluster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.LabSpec;
import io.skep.cluster.lab.TestLab;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A manager and three workers with a web server on each worker: whether names and ports lead to all of them from everywhere. */
@Tag("faults")
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OverlayTest {
    private static final int TIMES = 30;
    private static final String PORT = ":8080";
    /** Each request without an answer takes a second, and every third goes to the one that is lost. */
    private static final int FEW = 8;

    private static final String DEVICES = "ip -o link | sed -n 's/^[0-9]*: \\([^:@]*\\).*/\\1/p' | sort";

    /** Looks again whenever a device comes or goes, for half a minute at most. */
    private static final String SETTLED = """
            exec 3< <(exec timeout 30 ip monitor link)
            look() { %s; }
            while now=$(look) && [ "$now" != "$0" ] && read -r -u 3 change; do :; done
            echo "$now"
            """;

    @RegisterExtension
    static final TestLab lab = TestLab.of(LabSpec.of(4));

    private static final Map<String, List<String>> BEFORE = new HashMap<>();

    @BeforeAll
    static void form() throws InterruptedException {
        Host manager = lab.host(1);
        Swarm unused = Swarm.form(lab.get(), 1);
        Web.load(manager);
        lab.get().hosts().forEach(host -> BEFORE.put(host.name(), devices(host)));
        manager.skep("swarm:network-create", "app").text();
        create(
                "web",
                "--replicas",
                "3",
                "--replicas-max-per-node",
                "1",
                "--constraint",
                "node.role==worker",
                "-p",
                "8080:80");
        create("client", "--mode", "global");
    }

    private static void create(String name, String... options) {
        List<String> line = new ArrayList<>(List.of("swarm:service-create", "--name", name, "--network", "app"));
        line.addAll(List.of(options));
        line.add(Web.NAME);
        lab.host(1).skep(line.toArray(String[]::new)).text();
    }

    private static List<String> devices(Host host) {
        return host.run("bash", "-c", DEVICES).text().lines().toList();
    }

    /** What devices there are once they are as expected, or else after a while. */
    private static List<String> devicesOnce(Host host, List<String> expected) {
        return host.run("bash", "-c", SETTLED.formatted(DEVICES), String.join("\n", expected))
                .text()
                .lines()
                .toList();
    }

    private static void assertShared(List<String> answers, int replicas) {
        assertThat(answers).hasSize(TIMES).doesNotContain(Web.NOTHING);
        assertThat(answers.stream().distinct()).hasSize(replicas);
    }

    private static String client(Host host) {
        return Containers.of(lab.host(1), host, "client");
    }

    @Test
    @Order(1)
    void aNameLeadsToTheReplicasOfAllHostsFromEachHost() {
        for (Host host : lab.get().hosts()) {
            assertShared(Web.askedFrom(host, client(host), "web", TIMES), 3);
        }
    }

    @Test
    @Order(2)
    void aPublishedPortOfEachHostLeadsToTheReplicasOfAllHosts() {
        for (Host asked : lab.get().hosts()) {
            Host asking = lab.host(asked.number() % 4 + 1);
            assertShared(Web.askedFrom(asking, asked.address() + PORT, TIMES), 3);
            assertShared(Web.askedFrom(asked, asked.address() + PORT, TIMES), 3);
        }
    }

    @Test
    @Order(3)
    void nameAndPortsSoonLeadToThoseThatAreLeftWhenAHostLosesItsPower() {
        Host first = lab.host(1);
        String client = client(first);
        lab.host(4).powerOff();
        assertThat(Web.lostFrom(first, client, "web")).as("requests by name").isLessThan(FEW);
        for (Host asked : lab.get().hosts().subList(0, 3)) {
            assertThat(Web.lostFrom(first, asked.address() + PORT))
                    .as("requests to a port of " + asked.name())
                    .isLessThan(FEW);
            assertShared(Web.askedFrom(first, asked.address() + PORT, TIMES), 2);
        }
        assertShared(Web.askedFrom(first, client, "web", TIMES), 2);
    }

    @Test
    @Order(4)
    void nothingIsLeftOfANetworkThatIsRemoved() {
        Host manager = lab.host(1);
        manager.skep("swarm:service-rm", "web", "client").text();
        manager.skep("swarm:network-rm", "app").text();
        for (Host host : lab.get().hosts().subList(0, 3)) {
            List<String> before = BEFORE.getOrDefault(host.name(), List.of());
            assertThat(devicesOnce(host, before)).as(host.name()).isEqualTo(before);
        }
    }
}
