package io.skep.cluster.swarm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.LabSpec;
import io.skep.cluster.lab.Output;
import io.skep.cluster.lab.TestLab;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three managers and a worker: what only some may read, whom all trust, and how managers go for good. */
@Tag("trust")
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TrustTest {
    private static final byte[] NOTHING = {};
    private static final byte[] BLOB = new byte[5000];
    private static final Duration FAR_OFF = Duration.ofHours(3);

    @RegisterExtension
    static final TestLab lab = TestLab.of(LabSpec.of(4).withClock(4));

    private static Swarm swarm;

    private final Host first = lab.host(1);
    private final Host worker = lab.host(4);

    @BeforeAll
    static void form() throws InterruptedException {
        swarm = Swarm.form(lab.get(), 3);
        new Random(1).nextBytes(BLOB);
    }

    @Test
    @Order(1)
    void aServiceReadsSecretsAndConfigsWhereItsLabelPutsIt() {
        first.typed(BLOB, "swarm:secret-create", "blob", "-").text();
        first.typed("a word nobody shall find".getBytes(UTF_8), "swarm:secret-create", "word", "-")
                .text();
        first.typed("listen 80".getBytes(UTF_8), "swarm:config-create", "conf", "-")
                .text();
        first.skep("swarm:node-update", "--label-add", "zone=vault", "h4").text();
        first.skep(
                        "swarm:service-create",
                        "--name",
                        "reader",
                        "--constraint",
                        "node.labels.zone==vault",
                        "--secret",
                        "blob",
                        "--secret",
                        "source=word,target=pass,uid=7,mode=0400",
                        "--config",
                        "source=conf,target=/etc/app.conf",
                        Image.NAME)
                .text();
        String task = Containers.on(worker).get(0);
        assertThat(Containers.inside(worker, task, "od -An -v -tx1 run/secrets/blob | tr -d ' \\n'"))
                .isEqualTo(hex(BLOB));
        assertThat(Containers.inside(worker, task, "stat -c '%a %u' run/secrets/blob run/secrets/pass"))
                .isEqualTo("444 0\n400 7");
        assertThat(Containers.inside(worker, task, "cat run/secrets/pass")).isEqualTo("a word nobody shall find");
        assertThat(Containers.inside(worker, task, "cat etc/app.conf")).isEqualTo("listen 80");
    }

    private static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte one : bytes) {
            text.append("%02x".formatted(one));
        }
        return text.toString();
    }

    @Test
    @Order(2)
    void aSecretIsOnNoDiskAndInNoAnswer() {
        for (Host host : lab.get().hosts()) {
            assertThat(host.run("grep", "-rlF", "a word nobody shall find", "/srv")
                            .out())
                    .isEmpty();
        }
        assertThat(first.skep("swarm:secret-ls").text()).contains("blob", "word");
        assertThat(first.skep("swarm:secret-inspect", "word").text())
                .contains("word")
                .doesNotContain("nobody");
        assertThat(first.skep("swarm:config-inspect", "--pretty", "conf").text())
                .contains("listen 80");
        assertThat(refusal(first.skep("swarm:secret-rm", "word"))).contains("in use", "reader");
        first.skep("swarm:service-rm", "reader").text();
        first.skep("swarm:secret-rm", "word", "blob").text();
        first.skep("swarm:config-rm", "conf").text();
        assertThat(Json.list(first, "swarm:secret-ls", "--json")).isEmpty();
        assertThat(Json.list(first, "swarm:config-ls", "--json")).isEmpty();
    }

    @Test
    @Order(3)
    void aStackBringsItsSecretsAndConfigs() throws InterruptedException {
        first.run("bash", "-c", """
                        mkdir -p /srv/stack && cd /srv/stack && printf hush >key.txt
                        cat >stack.yaml <<'END'
                        services:
                          web:
                            image: test/wait:1
                            secrets: [key]
                            configs: [{source: motd, target: /etc/motd}]
                            deploy: {placement: {constraints: [node.labels.zone == vault]}}
                        secrets: {key: {file: key.txt}}
                        configs: {motd: {content: hello}}
                        END
                        """).text();
        first.skep("swarm:stack-deploy", "-c", "/srv/stack/stack.yaml", "shop").text();
        Swarm.awaitSlots(first, lab.get().hosts(), "shop_web", 1);
        String task = Containers.on(worker).get(0);
        assertThat(Containers.inside(worker, task, "cat run/secrets/key etc/motd"))
                .isEqualTo("hushhello");
        first.skep("swarm:stack-rm", "shop").text();
        assertThat(Json.list(first, "swarm:secret-ls", "--json")).isEmpty();
    }

    @Test
    @Order(4)
    void allNodesFollowANewRootAndNoTaskNotices() throws InterruptedException {
        String old = swarm.token("worker");
        String root = first.skep("swarm:ca").text();
        Swarm.serve(first, "through", 4);
        List<String> running = Containers.on(worker);
        assertThat(first.skep("swarm:ca", "--rotate").text()).contains("BEGIN CERTIFICATE");
        assertThat(first.skep("swarm:ca").text()).isNotEqualTo(root);
        assertThat(Swarm.states(first)).hasSize(4).allSatisfy((host, state) -> assertThat(state)
                .isEqualTo("ready"));
        assertThat(Containers.on(worker)).isEqualTo(running);

        worker.skep("swarm:leave").text();
        swarm.await("h4 is down", () -> "down".equals(Swarm.states(first).get("h4")));
        assertThat(refusal(worker.skep("swarm:join", "--token", old, first.address())))
                .contains("root");
    }

    @Test
    @Order(5)
    void aHostWhoseClockIsWrongIsToldSo() throws InterruptedException {
        for (Duration offset : List.of(FAR_OFF, FAR_OFF.negated())) {
            worker.stepClock(offset);
            assertThat(refusal(worker.skep("swarm:join", "--token", swarm.token("worker"), first.address())))
                    .contains("clock");
        }
        worker.stepClock(Duration.ZERO);
        first.skep("swarm:node-rm", "h4").text();
        swarm.join(worker, "worker");
        swarm.await("h4 is ready", () -> Swarm.ready(first) == 4);
    }

    @Test
    @Order(6)
    void anEvenNumberOfManagersIsWarnedOf() throws InterruptedException {
        assertThat(first.typed(NOTHING, "swarm:node-promote", "h4").err()).contains("4 managers, an even number");
        Swarm.awaitRole(worker, "manager");
        assertThat(first.typed(NOTHING, "swarm:node-demote", "h4").err()).isEmpty();
        Swarm.awaitRole(worker, "worker");
    }

    @Test
    @Order(7)
    void aManagerOfALockedSwarmAsksForTheKeyAfterItsStart() throws InterruptedException {
        Host second = lab.host(2);
        first.skep("swarm:update", "--autolock", "true").text();
        String key = first.skep("swarm:unlock-key", "-q").text();
        second.stopNode();
        second.startNode();
        for (String command : List.of("swarm:node-ls", "swarm:service-ls", "swarm:ca", "swarm:join-token worker")) {
            assertThat(refusal(second.skep(command))).contains("swarm:unlock");
        }
        assertThat(refusal(second.skep("echo " + key.replace(key.charAt(key.length() - 9), '_') + " | swarm:unlock")))
                .contains("key");
        second.typed(key.getBytes(UTF_8), "swarm:unlock").text();
        swarm.await("h2 is ready", () -> Swarm.ready(first) == 4);

        String next = first.skep("swarm:unlock-key", "--rotate", "-q").text();
        assertThat(next).isNotEqualTo(key);
        Host third = lab.host(3);
        third.stopNode();
        third.startNode();
        assertThat(third.typed(key.getBytes(UTF_8), "swarm:unlock").succeeded()).isFalse();
        third.typed(next.getBytes(UTF_8), "swarm:unlock").text();
        swarm.await("h3 is ready", () -> Swarm.ready(first) == 4);
        first.skep("swarm:update", "--autolock", "false").text();
    }

    @Test
    @Order(8)
    void aManagerThatIsLostIsRemovedByForceAndJoinsAsNew() throws InterruptedException {
        Host third = lab.host(3);
        third.powerOff();
        swarm.await("h3 is down", () -> "down".equals(Swarm.states(first).get("h3")));
        assertThat(refusal(first.skep("swarm:node-demote", "h2"))).contains("quorum");
        assertThat(refusal(lab.host(2).skep("swarm:leave"))).contains("quorum");
        assertThat(refusal(first.skep("swarm:node-rm", "h3"))).contains("manager", "--force");
        first.skep("swarm:node-rm", "--force", "h3").text();
        third.wipeDisk();
        third.up();
        swarm.join(third, "manager");
        swarm.await("h3 is ready", () -> Swarm.ready(first) == 4);
        assertThat(managers()).isEqualTo(3);
    }

    @Test
    @Order(9)
    void managersLeaveUntilTheLastWhichMustBeForced() throws InterruptedException {
        for (int number : List.of(3, 2)) {
            lab.host(number).skep("swarm:leave").text();
            assertThat(managers()).isEqualTo(number - 1);
            first.skep("swarm:network-create", "after" + number).text();
        }
        assertThat(refusal(first.skep("swarm:node-demote", "h1"))).contains("last manager");
        assertThat(refusal(first.skep("swarm:leave"))).contains("last manager", "--force");
        first.skep("swarm:leave", "--force").text();
        assertThat(refusal(first.skep("swarm:node-ls"))).contains("swarm:init");
        assertThat(Containers.on(first)).isEmpty();
    }

    private long managers() {
        return Json.list(first, "swarm:node-ls", "--json").stream()
                .filter(TrustTest::manages)
                .count();
    }

    private static boolean manages(JsonNode node) {
        return "manager".equals(node.at("/Spec/Role").asText());
    }

    private static String refusal(Output output) {
        assertThat(output.succeeded()).as(output.out()).isFalse();
        return output.err();
    }
}
