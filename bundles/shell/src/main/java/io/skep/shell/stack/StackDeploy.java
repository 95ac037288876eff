package io.skep.shell.stack;

import io.skep.api.control.Cluster;
import io.skep.api.stack.StackSpec;
import io.skep.model.table.Snapshot;
import io.skep.shell.Answers;
import io.skep.shell.SwarmCommand;
import io.skep.shell.service.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deploys a stack from a compose file; deploying it again changes only what differs. */
@Command(name = "stack-deploy", description = "Deploy a stack from a compose file, or update it")
public final class StackDeploy extends SwarmCommand {
    @Option(
            names = {"-c", "--compose-file"},
            paramLabel = "FILE",
            description = "Stack file; later ones override earlier ones (repeatable)",
            required = true)
    private List<String> files = new ArrayList<>();

    @Option(names = "--prune", description = "Remove services of the stack that the file no longer names")
    private boolean prune;

    @Option(names = "--wait", description = "Wait until all tasks run, and show how it goes")
    private boolean wait;

    @Option(names = "--timeout", paramLabel = "DURATION", description = "How many seconds to wait for the tasks")
    private long timeout = 120;

    @Parameters(paramLabel = "STACK", description = "Name of the stack")
    private String name;

    @Override
    protected void run() throws InterruptedException {
        StackSpec stack = new StackFiles(parts(), session().currentDir(), lines()).parse(name, files);
        List<String> done = call(Cluster.class, cluster -> Answers.of(cluster.deployStack("", stack, prune)));
        if (done.isEmpty()) {
            out().println("stack " + name + " is up to date");
        }
        done.forEach(lines());
        if (wait) {
            await(stack);
        }
    }

    private void await(StackSpec stack) throws InterruptedException {
        Snapshot cluster = cluster();
        List<String> ids = stack.services().stream()
                .flatMap(spec -> cluster.serviceNamed(spec.name()).stream())
                .map(io.skep.model.Service::id)
                .toList();
        new Progress(parts(), lines()).await(ids, Duration.ofSeconds(timeout));
    }
}
