package io.skep.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.gossip.Member;
import io.skep.api.gossip.Member.Liveness;
import io.skep.api.network.NetworkDriver;
import io.skep.api.network.RouteTable;
import io.skep.api.network.Sandbox;
import io.skep.api.network.SandboxConfig;
import io.skep.api.network.SegmentConfig;
import io.skep.kernel.EffectPool;
import io.skep.kernel.LoopThread;
import io.skep.model.Endpoint;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The feed on the real loop and pool, with gossip and routes in the test's hand. */
final class EndpointFeedTest {
    private static final Endpoint WEB1 =
            Bench.endpoint("tells", "n1", "web.1", "web", "front", "10.0.1.11", "vip=10.0.1.2", "tcp/8080:80");
    private static final Endpoint WEB2 =
            Bench.endpoint("tells", "n2", "web.2", "web", "front", "10.0.1.12", "vip=10.0.1.2", "tcp/8080:80");

    private final ScriptedGossip gossip = new ScriptedGossip();
    private final RecordingDriver driver = new RecordingDriver();
    private final LoopThread loop = new LoopThread();
    private final EffectPool effects = new EffectPool();
    private final Path file;
    private final NameServer names;
    private final EndpointMemory memory;

    EndpointFeedTest(@TempDir Path directory) throws IOException {
        file = directory.resolve("endpoints.cbor");
        memory = new EndpointMemory(file);
        try (ServerSocket free = new ServerSocket(0)) {
            names = new NameServer(free.getLocalPort(), directory.resolve("resolv.conf"), memory);
        }
    }

    @AfterEach
    void stop() {
        names.stop();
    }

    @Test
    void statesWhatGossipTells() throws InterruptedException {
        EndpointFeed feed = feed(gossip);
        gossip.tells("n1", WEB1);
        assertThat(driver.next()).isEqualTo(List.of("10.0.1.11"));
        gossip.tells("n2", WEB2);
        assertThat(driver.next()).isEqualTo(List.of("10.0.1.11", "10.0.1.12"));
        feed.stop();
        assertThat(gossip.listeners()).isZero();
    }

    @Test
    void statesNothingBeforeThisNodeHasTold() throws InterruptedException {
        EndpointFeed feed = feed(gossip);
        gossip.tells("n2", WEB2);
        assertThat(driver.nothing()).isTrue();
        gossip.tells("n1");
        assertThat(driver.next()).isEqualTo(List.of("10.0.1.12"));
        feed.stop();
    }

    @Test
    void refusesForAServiceWithoutTasks() throws InterruptedException {
        memory.state(List.of(Bench.service("web", "front", "10.0.1.2")));
        EndpointFeed feed = feed(gossip);
        gossip.tells("n1");
        assertThat(driver.next()).as("the address, with no backend").isEmpty();
        gossip.tells("n1", WEB1);
        assertThat(driver.next()).isEqualTo(List.of("10.0.1.11"));
        gossip.tells("n1");
        assertThat(driver.next()).isEmpty();
        memory.state(List.of());
        assertThat(driver.next()).isEqualTo(List.of("no address"));
        feed.stop();
        memory.state(List.of(Bench.service("web", "front", "10.0.1.2")));
        assertThat(driver.nothing()).isTrue();
    }

    @Test
    void keepsRoutesWhenGossipIsSwapped() throws InterruptedException {
        EndpointFeed before = feed(gossip);
        gossip.tells("n1", WEB1);
        driver.next();
        gossip.tells("n2", WEB2);
        driver.next();
        before.stop();
        ScriptedGossip swapped = new ScriptedGossip();
        EndpointFeed after = feed(swapped);
        assertThat(driver.next()).isEqualTo(List.of("10.0.1.11", "10.0.1.12"));
        swapped.tells("n1", WEB1);
        assertThat(driver.nothing()).isTrue();
        swapped.tells("n2");
        assertThat(driver.next()).isEqualTo(List.of("10.0.1.11"));
        after.stop();
    }

    @Test
    void keepsTheRoutesToANodeThatSwapsItsGossip() throws InterruptedException {
        gossip.sees(new Member("n1", "n1:7946", Liveness.ALIVE), new Member("n2", "n2:7946", Liveness.ALIVE));
        EndpointFeed feed = feed(gossip);
        gossip.tells("n1", WEB1);
        driver.next();
        gossip.tells("n2", WEB2);
        driver.next();
        gossip.pauses("n2");
        gossip.sees(new Member("n1", "n1:7946", Liveness.ALIVE), new Member("n2", "n2:7946", Liveness.DEAD));
        assertThat(driver.nothing()).isTrue();
        gossip.pauses();
        assertThat(driver.next()).isEqualTo(List.of("10.0.1.11"));
        feed.stop();
    }

    @Test
    void keepsRoutesWhenTheNodeIsRestarted() throws InterruptedException {
        EndpointFeed before = feed(gossip);
        gossip.tells("n1", WEB1);
        driver.next();
        before.stop();
        EndpointFeed after =
                new EndpointFeed(new ScriptedGossip(), driver, loop, effects, new EndpointMemory(file), names);
        assertThat(driver.next()).isEqualTo(List.of("10.0.1.11"));
        after.stop();
    }

    @Test
    void statesTheLatestOnceWhileTheDriverIsBusy() throws InterruptedException {
        EndpointFeed feed = feed(gossip);
        CountDownLatch release = driver.hold();
        gossip.tells("n1", WEB1);
        driver.awaitHeld();
        for (int i = 20; i < 120; i++) {
            gossip.tells("n1", Bench.endpoint("tells", "n1", "web.1", "web", "front", "10.0.1." + i, "vip=10.0.1.2"));
        }
        release.countDown();
        assertThat(driver.next()).isEqualTo(List.of("10.0.1.11"));
        assertThat(driver.next()).isEqualTo(List.of("10.0.1.119"));
        assertThat(driver.nothing()).isTrue();
        feed.stop();
    }

    @Test
    void triesAgainAfterAFailure() throws InterruptedException {
        EndpointFeed feed = feed(gossip);
        driver.failures = 2;
        gossip.tells("n1", WEB1);
        assertThat(driver.next()).isEqualTo(List.of("10.0.1.11"));
        assertThat(driver.next()).isEqualTo(List.of("10.0.1.11"));
        assertThat(driver.next()).isEqualTo(List.of("10.0.1.11"));
        feed.stop();
    }

    private EndpointFeed feed(ScriptedGossip from) {
        return new EndpointFeed(from, driver, loop, effects, memory, names);
    }

    /** Keeps the backends of the one virtual address of each statement. */
    private static final class RecordingDriver implements NetworkDriver {
        private final BlockingQueue<List<String>> stated = new LinkedBlockingQueue<>();
        private final CountDownLatch held = new CountDownLatch(1);
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private int failures;

        List<String> next() throws InterruptedException {
            List<String> next = stated.poll(20, TimeUnit.SECONDS);
            return next == null ? List.of("no statement") : next;
        }

        boolean nothing() throws InterruptedException {
            return stated.poll(300, TimeUnit.MILLISECONDS) == null;
        }

        CountDownLatch hold() {
            gate = new CountDownLatch(1);
            return gate;
        }

        void awaitHeld() throws InterruptedException {
            assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void route(RouteTable routes) {
            held.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            stated.add(
                    routes.virtualAddresses().isEmpty()
                            ? List.of("no address")
                            : routes.virtualAddresses().get(0).backends());
            if (failures > 0) {
                failures--;
                throw new SkepException(ErrorCode.ALREADY_EXISTS, "the test holds the port");
            }
        }

        @Override
        public Optional<String> problem() {
            return Optional.empty();
        }

        @Override
        public List<Sandbox> attach(List<SandboxConfig> requests) {
            throw new UnsupportedOperationException("discovery attaches nothing");
        }

        @Override
        public void stand(List<SegmentConfig> segments) {
            throw new UnsupportedOperationException("discovery sets up no networks");
        }

        @Override
        public void detach(Set<String> sandboxIds) {
            throw new UnsupportedOperationException("discovery detaches nothing");
        }

        @Override
        public Set<String> sandboxes() {
            return Set.of();
        }
    }
}
