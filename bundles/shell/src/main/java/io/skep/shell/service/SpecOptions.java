package io.skep.shell.service;

import io.skep.shell.SwarmCommand;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Option;
import org.jspecify.annotations.Nullable;

/** The options that say what a service's tasks are made from; creating and updating share them. */
abstract class SpecOptions extends SwarmCommand {
    @Option(
            name = "-e",
            aliases = "--env",
            description = "Environment variable NAME=value (repeatable)",
            multiValued = true)
    final List<String> env = new ArrayList<>();

    @Option(name = "--entrypoint", description = "Replaces the image's entrypoint")
    String entrypoint = "";

    @Option(name = "-w", aliases = "--workdir", description = "Working directory in the container")
    String workdir = "";

    @Option(name = "-u", aliases = "--user", description = "User, as name|uid[:group|gid]")
    String user = "";

    @Option(name = "--hostname", description = "Host name of the container")
    String hostname = "";

    @Option(name = "--replicas", description = "Number of tasks")
    @Nullable
    Integer replicas;

    @Option(
            name = "-p",
            aliases = "--publish",
            description = "Published port, as 8080:80[/udp] (repeatable)",
            multiValued = true)
    final List<String> publish = new ArrayList<>();

    @Option(
            name = "--mount",
            description = "Mount, as type=bind|volume|tmpfs,source=…,target=…[,readonly] (repeatable)",
            multiValued = true)
    final List<String> mounts = new ArrayList<>();

    @Option(
            name = "-l",
            aliases = "--label",
            description = "Label of the service, NAME=value (repeatable)",
            multiValued = true)
    final List<String> labels = new ArrayList<>();

    @Option(
            name = "--container-label",
            description = "Label of the containers, NAME=value (repeatable)",
            multiValued = true)
    final List<String> containerLabels = new ArrayList<>();

    @Option(
            name = "--constraint",
            description = "Placement constraint, such as node.labels.zone==a (repeatable)",
            multiValued = true)
    final List<String> constraints = new ArrayList<>();

    @Option(
            name = "--placement-pref",
            description = "Placement preference, such as spread=node.labels.zone (repeatable)",
            multiValued = true)
    final List<String> preferences = new ArrayList<>();

    @Option(name = "--replicas-max-per-node", description = "Most tasks on one node; 0 is unlimited")
    int maxPerNode = -1;

    @Option(name = "--limit-cpu", description = "Most processors, such as 0.5")
    String limitCpu = "";

    @Option(name = "--limit-memory", description = "Most memory, such as 64m")
    String limitMemory = "";

    @Option(name = "--limit-pids", description = "Most processes")
    long limitPids = -1;

    @Option(name = "--reserve-cpu", description = "Processors set aside, such as 0.25")
    String reserveCpu = "";

    @Option(name = "--reserve-memory", description = "Memory set aside, such as 32m")
    String reserveMemory = "";

    @Option(name = "--restart-condition", description = "none, on-failure or any")
    String restartCondition = "";

    @Option(name = "--restart-delay", description = "Time before a restart, such as 5s")
    String restartDelay = "";

    @Option(name = "--restart-max-attempts", description = "Restarts of one slot; 0 is unlimited")
    int restartAttempts = -1;

    @Option(name = "--restart-window", description = "Time in which restarts count, such as 1m")
    String restartWindow = "";

    @Option(name = "--stop-grace-period", description = "Time between the stop signal and the kill, such as 10s")
    String stopGrace = "";

    @Option(name = "--stop-signal", description = "Signal that stops the container, such as SIGQUIT")
    String stopSignal = "";

    @Option(name = "--update-parallelism", description = "Tasks replaced at once by an update; 0 is all")
    int updateParallelism = -1;

    @Option(name = "--update-delay", description = "Time between two batches of an update")
    String updateDelay = "";

    @Option(name = "--update-order", description = "stop-first or start-first")
    String updateOrder = "";

    @Option(name = "--update-failure-action", description = "pause, continue or rollback")
    String updateFailureAction = "";

    @Option(name = "--read-only", description = "The root file system cannot be written")
    boolean readOnly;

    @Option(name = "--init", description = "A minimal init reaps orphans and forwards signals")
    boolean init;

    @Option(name = "--runtime", description = "Name of the container runtime; see runtime-ls")
    String runtime = "";

    @Option(name = "-d", aliases = "--detach", description = "Do not wait until the tasks run")
    boolean detach;

    @Option(name = "--timeout", description = "How long to wait for the tasks, such as 2m")
    String timeout = "2m";
}
