package io.skep.shell.service;

import io.skep.shell.Parts;
import java.util.Collection;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Whether and how a command waits until tasks run. */
final class Waiting {
    @Option(
            names = {"-d", "--detach"},
            description = "Do not wait until the tasks run")
    private boolean detach;

    @Option(
            names = {"-q", "--quiet"},
            description = "Wait without showing how it goes")
    private boolean quiet;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long to wait for the tasks; 2m when not given")
    private String timeout = "2m";

    void await(Parts parts, Consumer<String> print, Collection<String> serviceIds) throws InterruptedException {
        if (!detach) {
            new Progress(parts, quiet ? line -> {} : print).await(serviceIds, Sizes.duration(timeout));
        }
    }
}
