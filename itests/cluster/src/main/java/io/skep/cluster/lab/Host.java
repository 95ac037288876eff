package io.skep.cluster.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host of a lab: power, a disk, a cable to the switch, a clock, and a node. Its methods wait until what they name has happened. Several
 * threads may ask its node at a time; only one may do things to the host.
 */
public final class Host {
    private final int number;
    private final Keeper keeper;
    private final LabSpec spec;
    private final Template template;
    private final Disk disk;
    private final Network network;
    private volatile @Nullable Machine machine;
    private volatile @Nullable NodeProcess node;

    Host(int number, Keeper keeper, LabSpec spec, Template template, Disk disk, Network network) {
        this.number = number;
        this.keeper = keeper;
        this.spec = spec;
        this.template = template;
        this.disk = disk;
        this.network = network;
    }

    /** From 1. */
    public int number() {
        return number;
    }

    /** Its name, as {@code hostname} prints it. */
    public String name() {
        return "h" + number;
    }

    /** Its address on the lab's network. */
    public String address() {
        return "192.168.77." + number;
    }

    /** Its disk, as the test sees it, also while it is off. */
    public Path files() {
        return disk.files();
    }

    /** Switches it on, without a node. */
    public void powerOn() {
        if (machine != null) {
            throw new IllegalStateException(name() + " is on");
        }
        disk.files();
        machine = Machine.boot(keeper, number, template.directory());
        if (spec.clocks().contains(number)) {
            stepClock(Duration.ZERO);
        }
        template.enterScripts(keeper.folder(), this, machine().space());
    }

    /** Starts its node and waits until that is ready. */
    public void startNode() {
        NodeProcess started = NodeProcess.start(machine(), keeper.folder(), template.environment(spec, number));
        node = started;
        started.awaitReady();
    }

    /** Switches it on with its node. */
    public void up() {
        powerOn();
        startNode();
    }

    /** Cuts its power: nothing says goodbye to anybody, and what was not flushed to a disk of its own is lost. */
    public void powerOff() {
        network.unplug(number);
        machine().kill();
        machine = null;
        node = null;
        disk.cutPower();
    }

    /** Ends its node at once; containers go on. */
    public void killNode() {
        node().kill();
        node = null;
    }

    /** Ends its node in order; containers go on. */
    public void stopNode() {
        node().stop();
        node = null;
    }

    /** Stops everything on it, as a hypervisor does that moves it. */
    public void pause() {
        machine().pause();
    }

    /** Lets everything go on. */
    public void resume() {
        machine().resume();
    }

    /** Runs a command of the node, such as {@code skep("swarm:node-ls", "--json")}. */
    public Output skep(String... words) {
        return shell().map(shell -> shell.run(words)).orElse(new Output(Output.UNREACHABLE, "", name() + " is off"));
    }

    /** Runs a command as an operator does who types {@code ./skep} on the host and has an input for it. */
    public Output typed(byte[] input, String... words) {
        List<String> line = new ArrayList<>(
                List.of("bash", keeper.folder().resolve(name()).resolve("skep").toString()));
        line.addAll(List.of(words));
        return Programs.run(line, input);
    }

    /** Starts a command of the node that prints lines until it is closed. */
    public Lines follow(String... words) {
        return tryFollow(words).orElseThrow(() -> new IllegalStateException(name() + " has no node that answers"));
    }

    /** The same; empty when there is no node. */
    public Optional<Lines> tryFollow(String... words) {
        return shell().flatMap(shell -> shell.follow(words));
    }

    /** Runs a program on the host. */
    public Output run(String... program) {
        return machine().space().run(List.of(program));
    }

    /** Starts a program on the host; it ends with the host. What it writes to its standard error is the test's. */
    public Process launch(List<String> program) {
        try {
            return new ProcessBuilder(machine().space().line(program))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes everything off its disk, while it is off. */
    public void wipeDisk() {
        if (machine != null) {
            throw new IllegalStateException(name() + " is on");
        }
        Programs.must(List.of("find", files().toString(), "-mindepth", "1", "-delete"));
    }

    /** Takes a folder off its disk, while its node is off. */
    public void delete(String folder) {
        Programs.must(List.of("rm", "-r", files().resolve(folder).toString()));
    }

    /** Leaves no room on its disk. */
    public void fillDisk() {
        disk.fill();
    }

    /** Gives the room back. */
    public void freeDisk() {
        disk.free();
    }

    /** Sets the clock that its node sees to so much from the true time; the lab must have been made with a clock for it. */
    public void stepClock(Duration offset) {
        if (!spec.clocks().contains(number)) {
            throw new IllegalStateException("the lab has no clock for " + name() + ": LabSpec.withClock");
        }
        SteppedClock.step(machine().space().root(), offset);
    }

    /** Megabytes of memory that its node holds. */
    public long residentMegabytes() {
        return node().residentMegabytes();
    }

    /** How long its node has kept a processor busy. */
    public Duration processorTime() {
        return node().processorTime();
    }

    private Machine machine() {
        return present(machine, "off");
    }

    private NodeProcess node() {
        return present(node, "without a node");
    }

    private <T> T present(@Nullable T part, String problem) {
        if (part == null) {
            throw new IllegalStateException(name() + " is " + problem);
        }
        return part;
    }

    private Optional<Shell> shell() {
        return Optional.ofNullable(machine)
                .map(on -> new Shell(on.space().root().resolve("run/skep-probe")));
    }
}
