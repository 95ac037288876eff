package io.skep.shell.service;

import io.skep.model.UpdateConfig;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** How tasks are replaced when the spec changes. */
final class UpdateOptions {
    @Option(
            names = "--update-parallelism",
            paramLabel = "NUMBER",
            description = "Tasks replaced at once by an update, or when their node is drained; 0 is all")
    private Optional<Integer> parallelism = Optional.empty();

    @Option(names = "--update-delay", paramLabel = "DURATION", description = "Time between two batches of an update")
    private Optional<String> delay = Optional.empty();

    @Option(
            names = "--update-failure-action",
            paramLabel = "pause|continue|rollback",
            description = "What follows when too many new tasks fail")
    private Optional<String> failureAction = Optional.empty();

    @Option(names = "--update-monitor", paramLabel = "DURATION", description = "How long a new task may still fail")
    private Optional<String> monitor = Optional.empty();

    @Option(
            names = "--update-max-failure-ratio",
            paramLabel = "RATIO",
            description = "Share of new tasks that may fail, such as 0.25")
    private Optional<Double> ratio = Optional.empty();

    @Option(
            names = "--update-order",
            paramLabel = "stop-first|start-first",
            description = "Whether the old task ends before the new one starts")
    private Optional<String> order = Optional.empty();

    /** Empty while nobody says anything. */
    Optional<UpdateConfig> apply(Optional<UpdateConfig> before) {
        boolean said = Stream.of(parallelism, delay, failureAction, monitor, ratio, order)
                .anyMatch(Optional::isPresent);
        return said
                ? Optional.of(Choices.policy(
                        before.orElse(UpdateConfig.STANDARD), parallelism, delay, failureAction, monitor, ratio, order))
                : before;
    }
}
