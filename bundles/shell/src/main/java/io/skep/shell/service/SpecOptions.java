package io.skep.shell.service;

import io.skep.shell.SwarmCommand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a service's tasks are made from; creating and updating share them. */
abstract class SpecOptions extends SwarmCommand {
    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME=value",
            description = "Environment variable NAME=value (repeatable)")
    final List<String> env = new ArrayList<>();

    @Option(names = "--entrypoint", paramLabel = "COMMAND", description = "Replaces the image's entrypoint")
    String entrypoint = "";

    @Option(
            names = {"-w", "--workdir"},
            paramLabel = "PATH",
            description = "Working directory in the container")
    String workdir = "";

    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER[:GROUP]",
            description = "User, as name|uid[:group|gid]")
    String user = "";

    @Option(names = "--hostname", paramLabel = "NAME", description = "Host name of the container")
    String hostname = "";

    @Option(names = "--replicas", paramLabel = "NUMBER", description = "Number of tasks")
    @Nullable
    Integer replicas;

    @Option(
            names = {"-p", "--publish"},
            paramLabel = "PORT",
            description = "Published port, as 8080:80[/udp] (repeatable)")
    final List<String> publish = new ArrayList<>();

    @Option(
            names = "--mount",
            paramLabel = "MOUNT",
            description = "Mount, as type=bind|volume|tmpfs,source=…,target=…[,readonly] (repeatable)")
    final List<String> mounts = new ArrayList<>();

    @Option(
            names = {"-l", "--label"},
            paramLabel = "NAME=value",
            description = "Label of the service, NAME=value (repeatable)")
    final List<String> labels = new ArrayList<>();

    @Option(
            names = "--container-label",
            paramLabel = "NAME=value",
            description = "Label of the containers, NAME=value (repeatable)")
    final List<String> containerLabels = new ArrayList<>();

    @Option(
            names = "--constraint",
            paramLabel = "EXPRESSION",
            description = "Placement constraint, such as node.labels.zone==a (repeatable)")
    final List<String> constraints = new ArrayList<>();

    @Option(
            names = "--placement-pref",
            paramLabel = "spread=LABEL",
            description = "Placement preference, such as spread=node.labels.zone (repeatable)")
    final List<String> preferences = new ArrayList<>();

    @Option(
            names = "--replicas-max-per-node",
            paramLabel = "NUMBER",
            description = "Most tasks on one node; 0 is unlimited")
    int maxPerNode = -1;

    @Option(names = "--limit-cpu", paramLabel = "CPUS", description = "Most processors, such as 0.5")
    String limitCpu = "";

    @Option(names = "--limit-memory", paramLabel = "BYTES", description = "Most memory, such as 64m")
    String limitMemory = "";

    @Option(names = "--limit-pids", paramLabel = "NUMBER", description = "Most processes")
    long limitPids = -1;

    @Option(names = "--reserve-cpu", paramLabel = "CPUS", description = "Processors set aside, such as 0.25")
    String reserveCpu = "";

    @Option(names = "--reserve-memory", paramLabel = "BYTES", description = "Memory set aside, such as 32m")
    String reserveMemory = "";

    @Option(names = "--restart-condition", paramLabel = "none|on-failure|any", description = "none, on-failure or any")
    String restartCondition = "";

    @Option(names = "--restart-delay", paramLabel = "DURATION", description = "Time before a restart, such as 5s")
    String restartDelay = "";

    @Option(
            names = "--restart-max-attempts",
            paramLabel = "NUMBER",
            description = "Restarts of one slot; 0 is unlimited")
    int restartAttempts = -1;

    @Option(
            names = "--restart-window",
            paramLabel = "DURATION",
            description = "Time in which restarts count, such as 1m")
    String restartWindow = "";

    @Option(
            names = "--stop-grace-period",
            paramLabel = "DURATION",
            description = "Time between the stop signal and the kill, such as 10s")
    String stopGrace = "";

    @Option(
            names = "--stop-signal",
            paramLabel = "SIGNAL",
            description = "Signal that stops the container, such as SIGQUIT")
    String stopSignal = "";

    @Option(
            names = "--update-parallelism",
            paramLabel = "NUMBER",
            description = "Tasks replaced at once by an update; 0 is all")
    int updateParallelism = -1;

    @Option(names = "--update-delay", paramLabel = "DURATION", description = "Time between two batches of an update")
    String updateDelay = "";

    @Option(names = "--update-order", paramLabel = "stop-first|start-first", description = "stop-first or start-first")
    String updateOrder = "";

    @Option(
            names = "--update-failure-action",
            paramLabel = "pause|continue|rollback",
            description = "pause, continue or rollback")
    String updateFailureAction = "";

    @Option(names = "--read-only", description = "The root file system cannot be written")
    boolean readOnly;

    @Option(names = "--init", description = "A minimal init reaps orphans and forwards signals")
    boolean init;

    @Option(names = "--runtime", paramLabel = "RUNTIME", description = "Name of the container runtime; see runtime-ls")
    String runtime = "";

    @Option(
            names = {"-d", "--detach"},
            description = "Do not wait until the tasks run")
    boolean detach;

    @Option(names = "--timeout", paramLabel = "DURATION", description = "How long to wait for the tasks, such as 2m")
    String timeout = "2m";
}
