package io.skep.cluster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.LabSpec;
import io.skep.cluster.lab.Output;
import io.skep.cluster.lab.Place;
import io.skep.cluster.lab.TestLab;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The script that users run, from the checkout as it is: from a stack file to containers that answer, and back to nothing. */
@Timeout(300)
class UpTest {
    private static final String HOME = "/srv/skep";
    private static final int REPLICAS = 3;
    private static final int REQUESTS = 30;
    private static final int SHARE = 8;

    /** What the script starts belongs to the host, and goes with it. */
    private static final String JOIN = """
            for processes in /sys/fs/cgroup/*/cgroup.procs; do
                echo 0 >"$processes"
            done
            exec "$@"
            """;

    private static final String ASK = """
            for i in $(seq %d); do
                curl -sS -m 5 http://%s:8080/ || echo nothing
            done
            """;

    /** The client's log until it was answered, where the service's name must have led it; who wants to hear no more is let go. */
    private static final String ANSWERED = """
            timeout 30 bash "$0" swarm:service-logs -f --raw web_client | grep -m 1 '^web[.]'
            [[ ${PIPESTATUS[0]} == 141 ]]
            """;

    /** Whatever a node may have made on its host. */
    private static final String LEFT = """
            ls -d %1$s 2>/dev/null
            ls -d /run/netns/* /run/skep-network 2>/dev/null
            ip -o link show | grep -o 'skep-[^:@]*'
            nft list tables | grep skep
            awk '$5 ~ "^%1$s" || $5 ~ "^/run/netns/" { print $5 }' /proc/self/mountinfo
            pgrep -a 'conmon|runc|java|httpd|wget'
            true
            """.formatted(HOME);

    @RegisterExtension
    final TestLab lab = TestLab.of(LabSpec.of(2));

    private final Place place = Place.configured();
    private Host host;
    private Host other;

    @BeforeEach
    void twoHosts() {
        host = lab.host(1);
        other = lab.host(2);
        host.powerOn();
        other.powerOn();
    }

    private Output script(String... words) {
        return inside("bash", place.script().toString(), words);
    }

    private Output inside(String program, String first, String... words) {
        LabSpec small = LabSpec.of(1);
        List<String> line = new ArrayList<>(List.of("env", "SKEP_HOME=" + HOME, "SKEP_DIST=" + place.distribution()));
        line.add("SKEP_HEAP=" + small.heap());
        line.add("SKEP_JAVA_OPTS=" + small.javaOptions());
        line.add("JAVA_HOME=" + System.getProperty("java.home", ""));
        line.addAll(List.of("bash", "-c", JOIN, "join", program, first));
        line.addAll(List.of(words));
        return host.run(line.toArray(String[]::new));
    }

    private String up() {
        Path stack = place.script().resolveSibling("examples/web/stack.yml");
        String said = script("up", stack.toString()).text();
        System.out.println(said);
        assertThat(said)
                .contains("stack web runs", "CURRENT STATE", "stack web answers at http://127.0.0.1:8080/")
                .doesNotContain("installing", "building the distribution");
        assertThat(said.lines().filter(line -> line.contains("Running"))).hasSize(REPLICAS + 1);
        return said;
    }

    @Test
    void aStackGoesUpAnswersAndGoesWithoutATrace() {
        assertThat(up())
                .contains("starting the node", "initialising a swarm", "making the images of web", "web_web 3/3");
        assertEvenShares(ask(host, "127.0.0.1"));
        assertEvenShares(ask(other, host.address()));
        assertThat(inside("bash", "-c", ANSWERED, place.script().toString()).text())
                .startsWith("web.");
        assertThat(script("swarm:service-ls").text().lines()).hasSize(3).anyMatch(line -> line.contains("3/3"));

        Set<String> before = Containers.processes(List.of(host));
        assertThat(before).hasSize(REPLICAS + 1);
        assertThat(up()).contains("the node runs already", "stack web is up to date");
        assertThat(Containers.processes(List.of(host))).isEqualTo(before);

        assertThat(script("down").text()).contains("its containers go on");
        assertThat(script("status").code()).isEqualTo(3);
        assertThat(Containers.processes(List.of(host))).isEqualTo(before);
        assertEvenShares(ask(other, host.address()));

        assertThat(script("down", "--purge").text()).contains("the node and its data are gone");
        assertThat(host.run("bash", "-c", LEFT).text()).isEmpty();
    }

    private static List<String> ask(Host client, String address) {
        return client.run("bash", "-c", ASK.formatted(REQUESTS, address))
                .text()
                .lines()
                .toList();
    }

    private static void assertEvenShares(List<String> answers) {
        Map<String, Long> shares =
                answers.stream().collect(Collectors.groupingBy(answer -> answer, Collectors.counting()));
        assertThat(shares).hasSize(REPLICAS).doesNotContainKey("nothing");
        assertThat(shares.values()).allMatch(share -> share >= SHARE);
    }
}
