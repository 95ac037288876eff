package io.skep.cluster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.LabSpec;
import io.skep.cluster.lab.TestLab;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hosts of a swarm come back under another address, as after a new lease. */
@Tag("faults")
@Timeout(240)
class MovedTest {
    private static final String SERVICE = "waiting";
    private static final int REPLICAS = 4;
    private static final String AWAY = "192.168.77.1";

    @RegisterExtension
    static final TestLab lab = TestLab.of(LabSpec.of(4));

    private static Swarm swarm;

    @BeforeAll
    static void form() throws InterruptedException {
        swarm = Swarm.form(lab.get(), 3);
        Swarm.serve(lab.host(1), SERVICE, REPLICAS);
    }

    private static String address(Host host) {
        for (JsonNode node : Json.list(lab.host(1), "swarm:node-ls", "--json")) {
            if (node.at("/Description/Hostname").asText().equals(host.name())) {
                return node.at("/Status/Addr").asText();
            }
        }
        throw new IllegalStateException("no node is " + host.name());
    }

    /** Its last number becomes a hundred and something. */
    private static String move(Host host) throws InterruptedException {
        String address = AWAY + "0" + host.number();
        host.killNode();
        host.run(
                        "bash",
                        "-c",
                        "ip address flush dev eth0 && ip address add " + address
                                + "/24 dev eth0 && ip link set eth0 up")
                .text();
        host.startNode();
        swarm.await(host.name() + " is known at " + address, () -> address(host).startsWith(address));
        swarm.await("all are ready", () -> Swarm.ready(lab.host(1)) == 4);
        return address;
    }

    @Test
    void aWorkerIsTakenBack() throws InterruptedException {
        move(lab.host(4));
        Swarm.awaitSlots(lab.host(1), lab.get().hosts(), SERVICE, REPLICAS);
        Swarm.serve(lab.host(1), "next", 4);
        assertThat(Containers.on(lab.host(4))).isNotEmpty();
        lab.host(1).skep("swarm:service-rm", "next").text();
    }

    /** The others are a majority without it, and find it again when it calls. */
    @Test
    void aManagerVotesAgain() throws InterruptedException {
        Host moved = lab.host(3);
        move(moved);
        Swarm.awaitRole(moved, "manager");
        lab.host(2).powerOff();
        assertThat(moved.skep("swarm:network-create", "needs-its-vote").text()).isNotEmpty();
        lab.host(2).up();
        swarm.await("all are ready", () -> Swarm.ready(lab.host(1)) == 4);
        assertThat(List.copyOf(Swarm.states(moved).values())).containsOnly("ready");
    }
}
