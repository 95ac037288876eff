package io.skep.shell.service;

import io.skep.shell.SwarmCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what a service's tasks are made from; creating and updating share them. */
abstract class SpecOptions extends SwarmCommand {
    @Option(names = "--entrypoint", paramLabel = "COMMAND", description = "Replaces the image's entrypoint")
    Optional<String> entrypoint = Optional.empty();

    @Option(
            names = {"-w", "--workdir"},
            paramLabel = "PATH",
            description = "Working directory in the container")
    Optional<String> workdir = Optional.empty();

    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER[:GROUP]",
            description = "User and group, by name or number")
    Optional<String> user = Optional.empty();

    @Option(names = "--hostname", paramLabel = "NAME", description = "Host name of the container")
    Optional<String> hostname = Optional.empty();

    @Option(names = "--replicas", paramLabel = "NUMBER", description = "Number of tasks")
    Optional<Integer> replicas = Optional.empty();

    @Option(
            names = "--max-concurrent",
            paramLabel = "NUMBER",
            description = "Tasks of a replicated job at once; 0 is all")
    Optional<Integer> maxConcurrent = Optional.empty();

    @Option(
            names = "--replicas-max-per-node",
            paramLabel = "NUMBER",
            description = "Most tasks on one node; 0 is unlimited")
    Optional<Integer> maxPerNode = Optional.empty();

    @Option(
            names = "--endpoint-mode",
            paramLabel = "vip|dnsrr",
            description = "Whether the service's name means one virtual address or those of all tasks")
    Optional<String> endpointMode = Optional.empty();

    @Option(names = "--limit-cpu", paramLabel = "CPUS", description = "Most processors, such as 0.5")
    Optional<String> limitCpu = Optional.empty();

    @Option(names = "--limit-memory", paramLabel = "BYTES", description = "Most memory, such as 64m")
    Optional<String> limitMemory = Optional.empty();

    @Option(names = "--limit-pids", paramLabel = "NUMBER", description = "Most processes; 0 is unlimited")
    Optional<Long> limitPids = Optional.empty();

    @Option(names = "--reserve-cpu", paramLabel = "CPUS", description = "Processors set aside, such as 0.25")
    Optional<String> reserveCpu = Optional.empty();

    @Option(names = "--reserve-memory", paramLabel = "BYTES", description = "Memory set aside, such as 32m")
    Optional<String> reserveMemory = Optional.empty();

    @Option(
            names = "--restart-condition",
            paramLabel = "none|on-failure|any",
            description = "After which ends a task is replaced")
    Optional<String> restartCondition = Optional.empty();

    @Option(names = "--restart-delay", paramLabel = "DURATION", description = "Time before a restart, such as 5s")
    Optional<String> restartDelay = Optional.empty();

    @Option(
            names = "--restart-max-attempts",
            paramLabel = "NUMBER",
            description = "Restarts of one slot; 0 is unlimited")
    Optional<Integer> restartAttempts = Optional.empty();

    @Option(
            names = "--restart-window",
            paramLabel = "DURATION",
            description = "Time in which restarts count, such as 1m")
    Optional<String> restartWindow = Optional.empty();

    @Option(
            names = "--stop-grace-period",
            paramLabel = "DURATION",
            description = "Time between the stop signal and the kill, such as 10s")
    Optional<String> stopGrace = Optional.empty();

    @Option(
            names = "--stop-signal",
            paramLabel = "SIGNAL",
            description = "Signal that stops the container, such as SIGQUIT")
    Optional<String> stopSignal = Optional.empty();

    @Option(names = "--log-driver", paramLabel = "json-file|none", description = "How the tasks' output is kept")
    Optional<String> logDriver = Optional.empty();

    @Option(
            names = "--log-opt",
            paramLabel = "NAME=value",
            description = "Limit of the output that is kept: max-size=10m or max-file=3 (repeatable)")
    List<String> logOptions = new ArrayList<>();

    @Option(names = "--read-only", description = "The root file system cannot be written")
    Optional<Boolean> readOnly = Optional.empty();

    @Option(names = "--init", description = "A minimal init reaps orphans and forwards signals")
    Optional<Boolean> init = Optional.empty();

    @Option(names = "--runtime", paramLabel = "RUNTIME", description = "Container runtime; see swarm:runtime-ls")
    Optional<String> runtime = Optional.empty();

    @Mixin
    UpdateOptions updateOptions = new UpdateOptions();

    @Mixin
    RollbackOptions rollbackOptions = new RollbackOptions();

    @Mixin
    Waiting waiting = new Waiting();
}
