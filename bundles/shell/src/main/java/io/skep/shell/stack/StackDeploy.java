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
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** Deploys a stack from a compose file; deploying it again changes only what differs. */
@Service
@Command(scope = "swarm", name = "stack-deploy", description = "Deploy a stack from a compose file, or update it")
public final class StackDeploy extends SwarmCommand {
    @Option(
            name = "-c",
            aliases = "--compose-file",
            description = "Stack file; later ones override earlier ones (repeatable)",
            required = true,
            multiValued = true)
    @Completion(FileCompleter.class)
    private final List<String> files = new ArrayList<>();

    @Option(name = "--prune", description = "Remove services of the stack that the file no longer names")
    private boolean prune;

    @Option(name = "--wait", description = "Wait until all tasks run, and show how it goes")
    private boolean wait;

    @Option(name = "--timeout", description = "How many seconds to wait for the tasks")
    private long timeout = 120;

    @Argument(index = 0, name = "STACK", description = "Name of the stack", required = true)
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
