package io.skep.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import io.skep.model.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.Before;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.MethodSorters;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Each part of a node is stopped, updated and started under a service that is being used: no container notices, no request to it fails, no other
 * bundle is wired anew. And after twenty times nothing of the old versions is left.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public final class SwapIT {
    private static final int PORT = 8080;
    private static final int PROBE_PORT = 8090;
    private static final int REPLICAS = 3;
    private static final int SOME = 10;

    @Inject
    private BundleContext context;

    @Inject
    private SessionFactory sessions;

    @Inject
    private BootFinished finished;

    private Services services;
    private CommandLine shell;
    private Swarm swarm;

    @Configuration
    public Option[] configuration() {
        return Distribution.boot();
    }

    @Before
    public void aServiceRuns() throws Exception {
        assertNotNull("the node is up", finished);
        assumeTrue("real containers take root", "root".equals(System.getProperty("user.name")));
        services = new Services(context);
        shell = new CommandLine(sessions);
        swarm = new Swarm(services);
        swarm.found();
        BusyboxImage.load(shell);
        if (swarm.read().serviceNamed("web").isEmpty()) {
            shell.run("swarm:service-create --name web --replicas " + REPLICAS + " -p " + PORT + ":80 "
                    + BusyboxImage.NAME);
            awaitAnswer(PORT);
        }
    }

    @Test
    public void aRuntimeIsSwapped() throws Exception {
        swap(Part.RUNTIME);
    }

    @Test
    public void bSchedulerIsSwapped() throws Exception {
        swap(Part.SCHEDULER);
    }

    @Test
    public void cParserIsSwapped() throws Exception {
        swap(Part.PARSER);
    }

    @Test
    public void dGossipIsSwapped() throws Exception {
        swap(Part.GOSSIP);
    }

    @Test
    public void eConsensusIsSwapped() throws Exception {
        swap(Part.CONSENSUS);
    }

    @Test
    public void fNothingStaysOfOldRuntimes() throws Exception {
        swapOften(Part.RUNTIME);
    }

    @Test
    public void gNothingStaysOfOldSchedulers() throws Exception {
        swapOften(Part.SCHEDULER);
    }

    @Test
    public void hNothingStaysOfOldParsers() throws Exception {
        swapOften(Part.PARSER);
    }

    @Test
    public void iNothingStaysOfOldGossips() throws Exception {
        swapOften(Part.GOSSIP);
    }

    @Test
    public void jNothingStaysOfOldConsensuses() throws Exception {
        swapOften(Part.CONSENSUS);
    }

    /** Last of all, and so that the host's control groups are as they were. */
    @Test
    public void zLeavingTakesTheContainersAway() throws Exception {
        Set<String> before = Containers.running(services).keySet();
        shell.run("swarm:leave --force");
        assertEquals(Map.of(), Containers.running(services));
        for (String id : before) {
            assertFalse(id, Files.exists(Path.of("/sys/fs/cgroup/pids/skep", id)));
        }
    }

    private void swap(Part part) throws Exception {
        Map<String, String> before = Containers.running(services);
        assertEquals("containers of the service: " + before, REPLICAS, before.size());
        Bundle bundle = part.bundle(context);
        try (Requests requests = new Requests(PORT);
                BundleEvents events = new BundleEvents(context, bundle)) {
            requests.awaitMore(SOME);
            Asked asked = new Asked(services, shell, "asked-" + bundle.getBundleId() + "-");
            bundle.stop();
            asked.assertEnded();
            assertMissing(part);
            requests.awaitMore(SOME);
            part.update(context);
            bundle.start();
            asked.assertAppliesOnce(swarm);
            asked.assertCommandEnded();
            remove(Asked.COMMANDED);
            assertAllWorks();
            requests.awaitMore(SOME);
            assertEquals("requests that failed among " + requests.answered(), List.of(), requests.failures());
            assertTrue("the swap itself", events.expected().contains(part.symbolicName() + " resolved"));
            assertEquals("bundles that were wired anew with " + part, List.of(), events.foreign());
            System.out.println(part + " swapped under " + requests.answered() + " requests");
        }
        assertEquals("containers after the swap of " + part, before, Containers.running(services));
    }

    /** Who needs the part is told so, everybody else goes on. */
    private void assertMissing(Part part) {
        if (!part.needing().isEmpty()) {
            CommandLine.Ending ending = shell.ending(part.needing());
            assertTrue(ending.toString(), ending.failure().startsWith("UNAVAILABLE: "));
            assertTrue(ending.toString(), ending.failure().contains(part.symbolicName()));
            shell.run(part.needing().split(" ", 2)[0] + " --help");
        }
        if (part != Part.CONSENSUS) {
            assertTrue(shell.run("swarm:service-ls").contains("web"));
        }
        if (part != Part.RUNTIME) {
            assertTrue(shell.run("swarm:image-ls").contains("test/web"));
        }
    }

    /** A service is made, reached, scaled and removed, and a stack parsed: that takes every part. */
    private void assertAllWorks() throws Exception {
        shell.run("swarm:service-create --name probe -p " + PROBE_PORT + ":80 " + BusyboxImage.NAME);
        awaitAnswer(PROBE_PORT);
        shell.run("swarm:service-scale probe=2");
        shell.run("swarm:service-scale probe=1");
        remove("probe");
        assertTrue(shell.run(Part.PARSER.needing()).contains(BusyboxImage.NAME));
    }

    /** A route follows soon after the tasks run. */
    private static void awaitAnswer(int port) throws InterruptedException {
        try (Requests requests = new Requests(port)) {
            requests.awaitMore(1);
        }
    }

    /** Removes a service if it is there, and waits for the end of its tasks. */
    private void remove(String name) throws Exception {
        Optional<Service> service = swarm.read().serviceNamed(name);
        if (service.isEmpty()) {
            return;
        }
        String id = service.get().id();
        shell.run("swarm:service-rm " + name);
        swarm.await(
                "the end of " + name, snapshot -> snapshot.tasksOfService(id).isEmpty());
    }

    private void swapOften(Part part) throws Exception {
        Map<String, String> before = Containers.running(services);
        shell.run("swarm:service-create --name busy " + BusyboxImage.NAME);
        Leaks leaks = new Leaks(context, part, () -> use(part));
        try {
            leaks.warmUp();
            leaks.swap();
            leaks.assertNone();
        } finally {
            remove("busy");
        }
        assertEquals("containers after many swaps of " + part, before, Containers.running(services));
    }

    /** Has a container started or stopped, and the part asked, so that it has something to leave behind. */
    private void use(Part part) throws Exception {
        boolean one = swarm.service("busy").spec().mode().replicas() == 1;
        shell.run("swarm:service-scale busy=" + (one ? 2 : 1));
        if (!part.needing().isEmpty()) {
            shell.run(part.needing());
        }
    }
}
