package io.skep.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** The commands, on a node where something runs, as users of docker expect them: tables, JSON, logs, events, failures, completion. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public final class CommandsIT {
    private static final String ESCAPE = "\u001b";
    private static final List<String> SHOWING = List.of("-ls", "-ps", "-services", "-inspect", "-config", "info");

    @Inject
    private BundleContext context;

    @Inject
    private SessionFactory sessions;

    @Inject
    private BootFinished finished;

    private CommandLine shell;

    @Configuration
    public Option[] configuration() {
        return Distribution.boot(
                CoreOptions.systemProperty(SecureShell.SCRIPT).value(System.getProperty(SecureShell.SCRIPT, "")));
    }

    @Before
    public void aShopIsOpen() throws Exception {
        assertNotNull("the node is up", finished);
        assumeTrue("real containers take root", "root".equals(System.getProperty("user.name")));
        shell = new CommandLine(sessions);
        new Swarm(new Services(context)).found();
        Shop.open(shell);
    }

    private String run(String line) {
        String text = shell.run("swarm:" + line);
        assertFalse(line + " prints escape codes: " + text, text.contains(ESCAPE));
        return text;
    }

    private JsonNode json(String line) {
        return Json.of(run(line));
    }

    private static List<String> texts(JsonNode list, String pointer) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.at(pointer).asText()));
        return texts;
    }

    private List<String> commands() {
        return sessions.getRegistry().getCommands().stream()
                .filter(command -> command.getScope().equals("swarm"))
                .map(Command::getName)
                .sorted()
                .toList();
    }

    @Test
    public void everyListingAndInspectionCanBeJson() {
        List<String> showing = commands().stream()
                .filter(name -> SHOWING.stream().anyMatch(name::endsWith))
                .toList();
        assertTrue("few: " + showing, showing.size() >= 20);
        for (String name : showing) {
            JsonNode shown = json(name + " --json " + Known.ARGUMENTS.getOrDefault(name, ""));
            assertTrue(name, shown.size() > 0);
            assertEquals(name, !Set.of("info", "stack-config").contains(name), shown.isArray());
            shown.forEach(one -> assertTrue(name + " " + one, !shown.isArray() || one.isObject()));
        }
    }

    @Test
    public void tablesHaveTheColumnsOfDocker() {
        Known.HEADINGS.forEach((line, headings) -> {
            List<String> lines = run(line).lines().toList();
            assertEquals(line, headings, lines.get(0).strip().replaceAll(" {3,}", "|"));
            assertTrue(line, lines.size() > 1);
        });
    }

    @Test
    public void tasksTellHowTheyAre() {
        JsonNode tasks = json("task-ls --json -f service=" + Shop.WEB);
        assertEquals(List.of("1", "2"), texts(tasks, "/Slot"));
        assertEquals(List.of("running", "running"), texts(tasks, "/Status/State"));
        assertEquals(tasks, json("service-ps --json " + Shop.WEB));
        assertEquals(tasks, json("stack-ps --json " + Shop.STACK));
        String ids = run("task-ls -q -f service=" + Shop.WEB);
        assertEquals(texts(tasks, "/ID"), ids.lines().toList());
        JsonNode one = json("task-inspect " + Shop.WEB + ".2").get(0);
        assertEquals(tasks.get(1), one);
        assertTrue(one.toString(), one.at("/Status/ContainerStatus/PID").asInt() > 0);
        assertEquals("running", one.at("/DesiredState").asText());
        String table = run("task-ls -f service=" + Shop.WEB);
        assertEquals(
                table,
                2,
                table.lines()
                        .filter(line -> line.matches(".* Running +Running .*"))
                        .count());
    }

    @Test
    public void logsTellWhenAndWho() {
        String line = run("service-logs --timestamps " + Shop.SPEAKER);
        String[] words = line.strip().split(" ", 2);
        assertTrue(line, Instant.parse(words[0]).isBefore(Instant.now()));
        assertEquals(Shop.SPEAKER + ".1    | " + Shop.WORD, words[1]);
        assertEquals(Shop.WORD, run("service-logs --raw " + Shop.SPEAKER).strip());
        String task = texts(json("service-ps --json " + Shop.SPEAKER), "/ID").get(0);
        assertEquals("by its task", Shop.WORD, run("service-logs --raw " + task).strip());
        assertEquals("", run("service-logs --tail 0 " + Shop.SPEAKER));
    }

    @Test
    public void stacksAreShown() throws Exception {
        JsonNode config = json("stack-config --json -c " + Shop.FILE + " " + Shop.STACK);
        assertEquals(List.of(Shop.WEB), texts(config.at("/Services"), "/Name"));
        assertEquals(0, config.at("/Warnings").size());
        String services = run("stack-services " + Shop.STACK);
        JsonNode status = json("stack-services --json " + Shop.STACK).at("/0/ServiceStatus");
        assertEquals(status.toString(), 2, status.at("/RunningTasks").asInt());
        assertEquals(status.toString(), 2, status.at("/DesiredTasks").asInt());
        assertTrue(services, services.contains("2/2") && services.contains("*:" + Shop.PORT + "->80/tcp"));
        assertTrue(run("stack-ls").contains(Shop.STACK));
        Path wrong = Files.writeString(Shop.FILE.resolveSibling("wrong.yml"), "services:\n  web: {imag: a}\n");
        String failure = shell.ending("swarm:stack-config -c " + wrong).failure();
        assertTrue(failure, failure.contains("wrong.yml:2:9") && failure.contains("nothing was changed"));
    }

    @Test
    public void nodesAndNetworksAreInspected() {
        JsonNode node = json("node-inspect self").get(0);
        String name = node.at("/Description/Hostname").asText();
        assertEquals(node.get("ID"), json("node-inspect " + name).get(0).get("ID"));
        assertEquals("ready", node.at("/Status/State").asText());
        assertTrue(run("node-ls")
                .matches("(?s).*\n" + node.get("ID").asText() + " \\* +" + name + " +Ready +Active +Leader .*"));
        JsonNode network = json("network-inspect " + Shop.NETWORK).get(0);
        assertEquals("10.77.0.0/24", network.at("/Subnet").asText());
        assertEquals(Shop.NETWORK, network.at("/Spec/Name").asText());
    }

    @Test
    public void plugInsAreListed() {
        assertEquals(List.of("oci", "process"), texts(json("runtime-ls --json"), "/Name"));
        assertEquals(
                2,
                run("runtime-ls").lines().filter(line -> line.endsWith("ready")).count());
        JsonNode strategies = json("strategy-ls --json");
        assertEquals(List.of("binpack", "random", "spread"), texts(strategies, "/Name"));
        assertEquals(List.of("false", "false", "true"), texts(strategies, "/Active"));
    }

    @Test
    public void imagesComeAndGo() throws Exception {
        Path file = BusyboxImage.archive("test/loaded:2");
        assertEquals(
                "Loaded image: test/loaded:2",
                run("image-load " + file).lines().reduce((a, b) -> b).orElse(""));
        assertEquals(List.of("test/loaded:2"), texts(json("image-ls --json -f reference=test/loaded"), "/Reference"));
        assertTrue(run("image-ls").lines().anyMatch(line -> line.matches("test/loaded +2 +[0-9a-f]{12} .*B")));
        run("image-rm test/loaded:2");
        assertEquals(List.of(BusyboxImage.NAME), texts(json("image-ls --json"), "/Reference"));
        String used = shell.ending("swarm:image-rm " + BusyboxImage.NAME).failure();
        assertTrue(used, used.contains("is used by container") && used.contains("scale it down"));
    }

    /** Nothing tells when a watch has begun, so networks are made until it has seen one. */
    @Test
    public void eventsAreSeenAsTheyHappen() throws Exception {
        FutureTask<String> watch =
                new FutureTask<>(() -> run("event-watch --json --count 1 -f type=network -f event=create"));
        Thread thread = new Thread(watch, "test-watch");
        thread.setDaemon(true);
        thread.start();
        int made = 0;
        while (!ended(watch)) {
            assertTrue("nothing seen of " + made + " networks", made < 60);
            run("network-create seen" + made++);
        }
        JsonNode event = Json.of(watch.get());
        assertEquals(
                "network create",
                event.at("/Type").asText() + " " + event.at("/Action").asText());
        assertTrue(event.toString(), event.at("/Detail").asText().startsWith("name=seen"));
        assertEquals(26, 1 + event.at("/ID").asText().length());
        assertTrue(event.toString(), Instant.parse(event.at("/Time").asText()).isBefore(Instant.now()));
        for (int i = 0; i < made; i++) {
            run("network-rm seen" + i);
        }
    }

    private static boolean ended(FutureTask<?> task) throws Exception {
        try {
            return task.get(1, TimeUnit.SECONDS) != null;
        } catch (TimeoutException e) {
            return false;
        }
    }

    @Test
    public void anUnknownNameIsOneLineThatSaysWhatToDo() {
        Known.LISTINGS.forEach((lines, listing) -> {
            for (String line : lines.split("\\|", -1)) {
                assertRefused("swarm:" + line + (line.contains("nosuch") ? "" : " nosuch"), listing);
            }
        });
        assertRefused("swarm:service-scale nosuch=2", "swarm:service-ls");
        assertRefused("swarm:service-ls --nosuch", "swarm:service-ls --help");
        assertRefused("swarm:service-ls -f nosuch=1", "label");
    }

    private void assertRefused(String line, String remedy) {
        CommandLine.Ending ending = shell.ending(line);
        String failure = ending.failure();
        assertTrue(line + " says " + failure, failure.contains("nosuch") && failure.contains(remedy));
        assertEquals(line + " says " + failure, 1, failure.lines().count());
        assertFalse(line + " says " + failure, failure.contains("Exception") || failure.contains(ESCAPE));
    }

    @Test
    public void fromOutsideAFailureIsAStatusAndNothingIsColoured() throws Exception {
        SecureShell ssh = new SecureShell();
        for (String line : List.of("swarm:task-inspect nosuch", "swarm:stack-rm nosuch", "swarm:nosuch now")) {
            SecureShell.Ending ending = ssh.run(line.split(" ", -1));
            assertEquals(line + ": " + ending, 1, ending.code());
            assertEquals(line + ": " + ending, 1, ending.aside().strip().lines().count());
            assertEquals(line + ": " + ending, "", ending.text());
            assertFalse(line, ending.aside().contains(ESCAPE));
        }
        SecureShell.Ending piped = ssh.run("swarm:service-ls | grep " + Shop.WEB);
        assertEquals(piped.toString(), 1, piped.text().lines().count());
        assertFalse(piped.text(), piped.text().contains(ESCAPE));
    }

    @Test
    public void namesOfObjectsAreCompleted() {
        Tab tab = new Tab(sessions);
        Known.NAMES.forEach((lines, names) -> {
            for (String line : lines.split("\\|", -1)) {
                assertEquals(line, names, new TreeSet<>(tab.at("swarm:" + line + " ")));
            }
        });
        String host = json("node-inspect self").at("/0/Description/Hostname").asText();
        assertEquals(new TreeSet<>(Set.of("self", host)), new TreeSet<>(tab.at("swarm:node-inspect ")));
        assertTrue(tab.at("swarm:network-inspect ").contains(Shop.NETWORK));
        assertTrue(tab.at("swarm:task-inspect ").contains(Shop.WEB + ".2"));
        assertTrue(tab.at("swarm:stack-p").contains("swarm:stack-ps"));
    }

    @Test
    public void theShellCompletesANameAtATerminal() throws Exception {
        try (Terminal terminal = new SecureShell().open()) {
            terminal.type("swarm:service-inspect sh\t");
            terminal.await("op_web");
            terminal.type("\r");
            terminal.await("\"Name\" : \"" + Shop.WEB + "\"");
        }
    }

    /** Chosen by the label, a runtime gets what the manager would else give to the one of the node. */
    @Test
    public void theLabelOfAServiceChoosesItsRuntime() {
        run("service-create --mode replicated-job --name plain -l io.skep.runtime=process unused:1 sh -c 'echo buzz'");
        assertTrue(run("service-logs --raw plain").endsWith("buzz\n"));
        run("service-rm plain");
    }
}
