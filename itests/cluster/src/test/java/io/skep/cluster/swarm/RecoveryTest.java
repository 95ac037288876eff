package io.skep.cluster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.Lab;
import io.skep.cluster.lab.LabSpec;
import io.skep.cluster.lab.Output;
import io.skep.cluster.lab.TestLab;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two of three managers are lost for good: the one that is left goes on alone, and they cannot disturb it when they come back after all. */
@Tag("faults")
@Timeout(240)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RecoveryTest {
    private static final String SERVICE = "reader";
    private static final int REPLICAS = 8;

    @RegisterExtension
    static final TestLab lab = TestLab.of(LabSpec.of(4));

    private static Swarm swarm;
    private static Set<String> kept;

    private final Host survivor = lab.host(1);
    private final Host worker = lab.host(4);
    private final List<Host> left = List.of(survivor, worker);
    private final List<Host> lost = List.of(lab.host(2), lab.host(3));

    @BeforeAll
    static void form() throws InterruptedException {
        swarm = Swarm.form(lab.get(), 3);
        Host first = lab.host(1);
        first.run("bash", "-c", "echo hush >/srv/word").text();
        first.skep("swarm:secret-create", "word", "/srv/word").text();
        first.skep("swarm:config-create", "conf", "/srv/word").text();
        first.skep("swarm:network-create", "-d", "overlay", "inside").text();
        first.skep(
                        "swarm:service-create --name %s --replicas %d --restart-delay 0s --secret word --config conf --network inside %s"
                                .formatted(SERVICE, REPLICAS, Image.NAME))
                .text();
        kept = Containers.processes(List.of(first, lab.host(4)));
    }

    private static List<String> names(Host manager, String listing) {
        return Json.list(manager, listing, "--json").stream()
                .map(object -> object.at("/Spec/Name").asText())
                .toList();
    }

    @Test
    @Order(1)
    void theSurvivorRefusesToWriteUntilItIsToldToGoOnAlone() throws InterruptedException {
        assertThat(kept).hasSize(4);
        assertThat(survivor.skep("swarm:init --force-new-cluster").err()).contains("leader");
        lost.forEach(Host::powerOff);
        Output refused = survivor.skep("swarm:network-create late");
        assertThat(refused.err()).startsWith("UNAVAILABLE: ").contains("majority");
        assertThat(Containers.processes(left)).isEqualTo(kept);
    }

    @Test
    @Order(2)
    void itGoesOnWithEverythingThatTheSwarmHad() throws InterruptedException {
        long begin = System.nanoTime();
        assertThat(survivor.skep("swarm:init --force-new-cluster").text()).contains("is now the only manager");
        System.out.printf("alone after %d ms%n", (System.nanoTime() - begin) / 1_000_000);
        survivor.skep("swarm:network-create alone").text();
        System.out.printf("first write after %d ms%n", (System.nanoTime() - begin) / 1_000_000);
        assertThat(names(survivor, "swarm:service-ls")).containsExactly(SERVICE);
        assertThat(names(survivor, "swarm:secret-ls")).containsExactly("word");
        assertThat(names(survivor, "swarm:config-ls")).containsExactly("conf");
        assertThat(survivor.skep("swarm:network-ls").text()).contains("inside", "alone");
        swarm.await("the worker is ready", () -> Swarm.ready(survivor) == 2);
        assertThat(Swarm.states(survivor)).containsOnlyKeys("h1", "h4");
        Swarm.awaitSlots(survivor, left, SERVICE, REPLICAS);
        System.out.printf("all tasks run after %d ms%n", (System.nanoTime() - begin) / 1_000_000);
        assertThat(Containers.processes(left)).containsAll(kept);
        String task = Containers.on(worker).get(0);
        assertThat(Containers.inside(worker, task, "cat run/secrets/word conf")).isEqualTo("hush\nhush");
    }

    /** They are a majority of what they knew, so they go on as the swarm that they were, for which the others are down. */
    @Test
    @Order(3)
    void theOldManagersDoNotDisturbItWhenTheyComeBack() throws InterruptedException {
        Set<String> before = Containers.processes(left);
        List<String> rules = rules();
        String term = Swarm.term(survivor);
        Lab.onAll(lost, Host::up);
        Host old = lost.get(0);
        Swarm.awaitAt(old, "they are ready to each other", () -> Swarm.ready(old) == 2);
        Swarm.awaitSlots(old, lost, SERVICE, REPLICAS);

        survivor.skep("swarm:network-create undisturbed").text();
        assertThat(Swarm.states(survivor)).isEqualTo(Map.of("h1", "ready", "h4", "ready"));
        assertThat(Swarm.term(survivor)).isEqualTo(term);
        assertThat(Containers.processes(left)).isEqualTo(before);
        assertThat(rules()).isEqualTo(rules);
    }

    /** The routes and guards of those who are left, without counters. */
    private List<String> rules() {
        return left.stream()
                .map(host -> host.run("nft", "-s", "list", "ruleset").text())
                .toList();
    }

    @Test
    @Order(4)
    void theyJoinAsNewOnes() throws InterruptedException {
        Host wiped = lost.get(0);
        wiped.powerOff();
        wiped.wipeDisk();
        wiped.up();
        swarm.join(wiped, "manager");
        Host left = lost.get(1);
        left.skep("swarm:leave --force").text();
        swarm.join(left, "manager");
        swarm.await("all are ready", () -> Swarm.ready(survivor) == 4);
        for (Host manager : lost) {
            Swarm.awaitRole(manager, "manager");
            assertThat(names(manager, "swarm:secret-ls")).containsExactly("word");
        }
        JsonNode info = Json.object(survivor, "swarm:info", "--json");
        assertThat(info.path("ReachableManagers").asInt()).isEqualTo(3);
        Swarm.awaitSlots(survivor, lab.get().hosts(), SERVICE, REPLICAS);
        survivor.powerOff();
        assertThat(Timing.untilAWriteIsAccepted(lost, "together")).isLessThan(Swarm.PATIENCE);
    }
}
