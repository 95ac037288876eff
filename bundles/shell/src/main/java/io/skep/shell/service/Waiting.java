package io.skep.shell.service;

import io.skep.shell.Parts;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Whether and how a command waits until tasks run. */
public final class Waiting {
    @Option(
            names = {"-d", "--detach"},
            description = "Do not wait until the tasks run; --detach=false waits")
    private Optional<Boolean> detach = Optional.empty();

    @Option(
            names = {"-q", "--quiet"},
            description = "Wait without showing how it goes")
    private boolean quiet;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long to wait for the tasks; 2m when not given")
    private String timeout = "2m";

    /** Whether to wait. */
    public boolean wanted(boolean otherwise) {
        return detach.map(told -> !told).orElse(otherwise);
    }

    /** Waits until the tasks of services run. */
    public void await(Parts parts, Consumer<String> print, Collection<String> serviceIds) throws InterruptedException {
        new Progress(parts, quiet ? line -> {} : print).await(serviceIds, Sizes.duration(timeout));
    }
}
