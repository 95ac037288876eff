package io.skep.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.skep.api.scheduling.Scheduler;
import io.skep.api.scheduling.Strategy;
import io.skep.api.stack.ParsedStack;
import io.skep.api.stack.StackParser;
import io.skep.api.stack.StackSpec;
import io.skep.model.Node;
import io.skep.model.NodeDescription;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.Platform;
import io.skep.model.Resources;
import io.skep.model.Task;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.Before;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.MethodSorters;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.karaf.options.KarafDistributionOption;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceRegistration;

/**
 * Strategies are chosen, dropped into the folder {@code deploy} and taken out of it while tasks are placed; and every command helps, or fails with a
 * line that people understand. The nodes are rows without hosts, for placing is all that happens on them.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public final class PluginIT {
    private static final String JAR = "skep.strategy";
    private static final List<String> PRICES = List.of("30", "10", "20");

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
        return Distribution.boot(
                passed(JAR),
                passed(SecureShell.SCRIPT),
                KarafDistributionOption.editConfigurationFilePut(
                        "etc/io.skep.shell.cfg", "stackParser.target", "(engine=test)"));
    }

    /** A property that the node's process gets, too. */
    private static Option passed(String name) {
        return CoreOptions.systemProperty(name).value(System.getProperty(name, ""));
    }

    @Before
    public void aSwarmOfThreeNodesThatTakeTasks() throws Exception {
        services = new Services(context);
        shell = new CommandLine(sessions);
        swarm = new Swarm(services);
        swarm.found();
        if (swarm.read().all(Table.NODES).size() == 1) {
            String own = swarm.read().all(Table.NODES).iterator().next().id();
            shell.run("swarm:node-update --availability drain " + own);
            List<Change> nodes = new ArrayList<>();
            PRICES.forEach(price -> nodes.add(new Change.Put<>(Table.NODES, node(price), Change.ABSENT)));
            swarm.write(nodes);
        }
    }

    @Test
    public void aStrategyThatIsChosenPlacesTheNextTasks() throws Exception {
        assertEquals(Map.of("node-10", 2, "node-20", 2, "node-30", 2), placed("even", 6));
        shell.run("swarm:strategy-use binpack");
        SortedMap<String, Integer> packed = placed("packed", 6);
        assertEquals(packed.toString(), 1, packed.size());
        shell.run("swarm:strategy-use spread");
    }

    @Test
    public void aStrategyIsDeployedHotAndTakenAway() throws Exception {
        Path deployed = Path.of(System.getProperty("karaf.base", ""), "deploy", "strategy-cheapest.jar");
        Path draft = Path.of(System.getProperty("karaf.data", ""), "strategy.jar");
        Files.copy(Path.of(System.getProperty(JAR, "")), draft);
        Files.move(draft, deployed);
        services.with(Strategy.class, "(strategy=cheapest)", strategy -> strategy.getClass()
                .getName());
        assertTrue(shell.run("swarm:strategy-ls").contains("cheapest"));

        shell.run("swarm:strategy-use cheapest");
        assertEquals(Map.of("node-10", 6), placed("cheap", 6));

        awaitEnd("(strategy=cheapest)", () -> Files.delete(deployed));
        assertFalse(shell.run("swarm:strategy-ls").lines().anyMatch(line -> line.startsWith("cheapest")));
        assertEquals("by spread", Map.of("node-10", 2, "node-20", 2, "node-30", 2), placed("after", 6));
        shell.run("swarm:strategy-use spread");
    }

    @Test
    public void onlyEnginesThatAreConfiguredAreAsked() throws Exception {
        Path file = Files.writeString(
                Path.of(System.getProperty("karaf.data", ""), "stack.yml"), "services: { web: { image: web:1 } }");
        StackParser parser =
                source -> new ParsedStack(Optional.of(new StackSpec("tested", List.of(), List.of())), List.of());
        List<ServiceRegistration<?>> registered = List.of(
                register(Scheduler.class, "rival", unasked(Scheduler.class)),
                register(StackParser.class, "rival", unasked(StackParser.class)),
                register(StackParser.class, "test", parser));
        try {
            assertTrue(shell.run("swarm:strategy-ls").contains("binpack"));
            shell.run("swarm:strategy-use binpack");
            shell.run("swarm:strategy-use spread");
            assertTrue(shell.run("swarm:stack-config -c " + file).contains("tested"));
        } finally {
            registered.forEach(ServiceRegistration::unregister);
        }
        CommandLine.Ending without = shell.ending("swarm:stack-config -c " + file);
        assertTrue(without.toString(), without.failure().contains("(engine=test)"));
    }

    private static <S> S unasked(Class<S> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            throw new AssertionError("the rival " + type.getSimpleName() + " was asked: " + method.getName());
        }));
    }

    /** Ranked before those that are there. */
    private <S> ServiceRegistration<S> register(Class<S> type, String engine, S service) {
        return context.registerService(
                type,
                service,
                FrameworkUtil.asDictionary(Map.of("engine", engine, Constants.SERVICE_RANKING, engine.length())));
    }

    @Test
    public void everyCommandHelps() {
        List<String> names = sessions.getRegistry().getCommands().stream()
                .filter(command -> command.getScope().equals("swarm"))
                .map(Command::getName)
                .sorted()
                .toList();
        assertTrue("few commands after " + finished + ": " + names, names.size() >= 30);
        for (String name : names) {
            String help = shell.run("swarm:" + name + " --help");
            assertTrue(name + " says " + help, help.startsWith("Usage:  swarm:" + name + " "));
        }
    }

    @Test
    public void aFailureIsOneLineAndAnExitCode() throws Exception {
        SecureShell ssh = new SecureShell();
        SecureShell.Ending right = ssh.run("swarm:service-ls");
        assertEquals(right.toString(), 0, right.code());
        SecureShell.Ending wrong = ssh.run("swarm:service-inspect", "nosuch");
        assertEquals(wrong.toString(), 1, wrong.code());
        List<String> lines =
                wrong.aside().lines().filter(line -> !line.isBlank()).toList();
        assertTrue("for a pipe: " + wrong, wrong.text().isBlank());
        assertEquals(lines.toString(), 1, lines.size());
        assertTrue(lines.toString(), lines.get(0).contains("nosuch"));
        assertFalse(lines.toString(), lines.get(0).contains("Exception"));
    }

    /** Creates a service and tells how many of its tasks each node was given. */
    private SortedMap<String, Integer> placed(String name, int replicas) throws Exception {
        shell.run("swarm:service-create -d --name " + name + " --replicas " + replicas + " nowhere/image:1");
        String id = swarm.service(name).id();
        Snapshot snapshot =
                swarm.await("a node for every task of " + name, cluster -> assigned(cluster, id) == replicas);
        shell.run("swarm:service-rm " + name);
        return snapshot.tasksOfService(id).stream()
                .collect(Collectors.toMap(Task::nodeId, task -> 1, Integer::sum, TreeMap::new));
    }

    private static long assigned(Snapshot cluster, String service) {
        return cluster.tasksOfService(service).stream()
                .filter(task -> !task.nodeId().isEmpty())
                .count();
    }

    private void awaitEnd(String filter, Leaks.Action cause) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        ServiceListener listener = event -> {
            if (event.getType() == ServiceEvent.UNREGISTERING) {
                ended.countDown();
            }
        };
        context.addServiceListener(listener, filter);
        cause.run();
        assertTrue(filter, ended.await(Services.PATIENCE.toSeconds(), TimeUnit.SECONDS));
        context.removeServiceListener(listener);
    }

    private static Node node(String price) {
        Instant now = Instant.now();
        NodeDescription description = new NodeDescription(
                "node-" + price,
                new Platform("amd64", "linux"),
                new Resources(4_000_000_000L, 8L << 30, 1000),
                "0.1.0",
                Map.of(),
                List.of("oci"),
                List.of("linux"));
        return new Node(
                "node-" + price,
                now,
                now,
                new NodeSpec("", Map.of("price", price), NodeRole.WORKER, NodeSpec.Availability.ACTIVE),
                Optional.of(description),
                new NodeStatus(NodeStatus.State.READY, "", "127.0.0.1"),
                Optional.empty());
    }
}
