package io.skep.shell.service;

import io.skep.model.UpdateConfig;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How tasks are replaced when an update is taken back. */
final class RollbackOptions {
    @Option(
            names = "--rollback-parallelism",
            paramLabel = "NUMBER",
            description = "Tasks replaced at once by a rollback; 0 is all")
    private Optional<Integer> parallelism = Optional.empty();

    @Option(names = "--rollback-delay", paramLabel = "DURATION", description = "Time between two batches of a rollback")
    private Optional<String> delay = Optional.empty();

    @Option(
            names = "--rollback-failure-action",
            paramLabel = "pause|continue",
            description = "What follows when too many tasks of a rollback fail")
    private Optional<String> failureAction = Optional.empty();

    @Option(
            names = "--rollback-monitor",
            paramLabel = "DURATION",
            description = "How long a task of a rollback may still fail")
    private Optional<String> monitor = Optional.empty();

    @Option(
            names = "--rollback-max-failure-ratio",
            paramLabel = "RATIO",
            description = "Share of tasks of a rollback that may fail")
    private Optional<Double> ratio = Optional.empty();

    @Option(
            names = "--rollback-order",
            paramLabel = "stop-first|start-first",
            description = "Whether the newer task ends before the older one starts")
    private Optional<String> order = Optional.empty();

    UpdateConfig apply(UpdateConfig before) {
        return Choices.policy(before, parallelism, delay, failureAction, monitor, ratio, order);
    }
}
