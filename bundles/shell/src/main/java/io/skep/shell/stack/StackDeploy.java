package io.skep.shell.stack;

import io.skep.api.control.Cluster;
import io.skep.api.stack.StackSpec;
import io.skep.model.Service;
import io.skep.model.table.Snapshot;
import io.skep.shell.Answers;
import io.skep.shell.SwarmCommand;
import io.skep.shell.service.Waiting;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deploys a stack from a compose file; deploying it again changes only what differs. */
@Command(name = "stack-deploy", description = "Deploy a stack from a compose file, or update it")
public final class StackDeploy extends SwarmCommand {
    @Option(
            names = {"-c", "--compose-file"},
            paramLabel = "FILE",
            description = "Stack file (required); later ones override earlier ones (repeatable)",
            required = true)
    private List<String> files = new ArrayList<>();

    @Option(names = "--prune", description = "Remove services of the stack that the file no longer names")
    private boolean prune;

    @Option(names = "--wait", description = "Wait until all tasks run, and show how it goes")
    private boolean wait;

    @Mixin
    private Waiting waiting = new Waiting();

    @Parameters(paramLabel = "STACK", description = "Name of the stack")
    private String name;

    @Override
    protected void run() throws InterruptedException {
        StackFiles.Read read = new StackFiles(parts(), session().currentDir()).parse(name, files);
        StackSpec stack = read.stack();
        read.warnings().forEach(warnings());
        List<String> done = call(Cluster.class, cluster -> Answers.of(cluster.deployStack("", stack, prune)));
        if (done.isEmpty()) {
            out().println("stack " + name + " is up to date");
        }
        done.forEach(lines());
        if (waiting.wanted(wait)) {
            waiting.await(parts(), lines(), ids(stack));
        }
    }

    private List<String> ids(StackSpec stack) throws InterruptedException {
        Snapshot cluster = cluster();
        return stack.services().stream()
                .flatMap(spec -> cluster.serviceNamed(spec.name()).stream())
                .map(Service::id)
                .toList();
    }
}
