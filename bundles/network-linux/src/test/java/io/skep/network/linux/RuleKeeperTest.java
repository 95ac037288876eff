package io.skep.network.linux;

import static io.skep.contracts.network.NetworkDriverContract.BACK;
import static io.skep.contracts.network.NetworkDriverContract.FRONT;
import static io.skep.contracts.network.NetworkDriverContract.attachment;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.network.RouteTable;
import io.skep.api.network.RouteTable.PortRoute;
import io.skep.api.network.RouteTable.VirtualAddress;
import io.skep.api.network.SandboxConfig;
import io.skep.kernel.EffectPool;
import io.skep.kernel.LoopThread;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody removes the rules of a real kernel, and they come back. */
@Timeout(60)
final class RuleKeeperTest {
    private static final RouteTable ROUTES = new RouteTable(
            List.of(new PortRoute("tcp", 18080, 80, List.of("10.77.1.11"))),
            List.of(new VirtualAddress("10.77.1.2", List.of("10.77.1.11"))));

    private final TestNode node = new TestNode();
    private final LinuxNetworkDriver driver = node.driver();
    private final RuleKeeper keeper = new RuleKeeper(new LoopThread(), new EffectPool(), node.commands, node.names);
    /** Whether each look of the keeper found something missing. */
    private final BlockingQueue<Boolean> looks = new LinkedBlockingQueue<>();

    @BeforeEach
    void state() throws InterruptedException {
        driver.attach(List.of(new SandboxConfig("b1", List.of(attachment(FRONT, 1, 11)))));
        driver.route(ROUTES);
        keeper.begin(() -> {
            boolean restored = driver.restore();
            looks.add(restored);
            return restored;
        });
        assertThat(nextLook()).as("the first look finds everything").isFalse();
    }

    @AfterEach
    void close() throws IOException {
        keeper.close();
        node.close();
    }

    private Boolean nextLook() throws InterruptedException {
        return looks.poll(20, TimeUnit.SECONDS);
    }

    private void nft(String command) {
        node.lab.in(node.lab.node(), "nft", command);
    }

    private String rules() {
        return node.lab.in(node.lab.node(), "nft", "--stateless", "list", "ruleset");
    }

    @Test
    void bringsBackTheTableOfRoutes() throws InterruptedException {
        String before = rules();
        nft("delete table ip " + node.names.routesTable());
        assertThat(nextLook()).isTrue();
        assertThat(rules().lines())
                .containsExactlyInAnyOrderElementsOf(before.lines().toList());
    }

    @Test
    void bringsBackTheTableOfNetworks() throws InterruptedException {
        String before = rules();
        nft("delete table ip " + node.names.networksTable());
        assertThat(nextLook()).isTrue();
        assertThat(rules().lines())
                .containsExactlyInAnyOrderElementsOf(before.lines().toList());
    }

    @Test
    void bringsBackEverythingAgainAndAgain() throws InterruptedException {
        String before = rules();
        for (int i = 0; i < 3; i++) {
            nft("flush ruleset");
            assertThat(nextLook()).isTrue();
            // Stating the table of networks removes it too, which leads to one more look, and that to none.
            while (nextLook()) {
                assertThat(looks.size()).isLessThan(3);
            }
            assertThat(rules().lines())
                    .containsExactlyInAnyOrderElementsOf(before.lines().toList());
            assertThat(looks).isEmpty();
        }
    }

    @Test
    void isNotSetOffByWhatTheDriverStatesNorByOtherTables() throws InterruptedException {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        Set<String> tables = Set.of(node.names.routesTable(), node.names.networksTable(), "probe");
        try (TableWatch watch = new TableWatch(node.commands, tables, new Recorded(told))) {
            watch.start();
            // It does not say when it is ready.
            do {
                nft("add table ip probe; delete table ip probe");
            } while (told.poll(1, TimeUnit.SECONDS) == null);
            driver.route(RouteTable.EMPTY);
            driver.route(ROUTES);
            driver.attach(List.of(new SandboxConfig("b2", List.of(attachment(BACK, 2, 11)))));
            nft("add table ip theirs; delete table ip theirs");
            nft("add table ip probe; delete table ip probe");
            assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("delete table ip probe");
            assertThat(looks).isEmpty();
        }
    }

    /** Keeps what a watch tells. */
    private record Recorded(BlockingQueue<String> told) implements TableWatch.Listener {
        @Override
        public void removed(String words) {
            told.add(words);
        }

        @Override
        public void ended() {
            told.add("ended");
        }
    }

    @Test
    void seesToItThatSomebodyWatchesOn() throws InterruptedException {
        ProcessHandle program = program();
        program.destroyForcibly();
        assertThat(nextLook()).as("the look of the next watch").isFalse();
        nft("flush ruleset");
        assertThat(nextLook()).isTrue();
    }

    @Test
    void leavesNoProgramAndNoThreadBehind() {
        ProcessHandle program = program();
        keeper.close();
        assertThat(program.onExit().orTimeout(20, TimeUnit.SECONDS).join().isAlive())
                .isFalse();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("skep-nft");
    }

    private static ProcessHandle program() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("nft monitor"))
                .findFirst()
                .orElseThrow();
    }
}
