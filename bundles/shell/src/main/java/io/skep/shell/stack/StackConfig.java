package io.skep.shell.stack;

import io.skep.api.stack.StackSpec;
import io.skep.model.codec.Codec;
import io.skep.shell.SwarmCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a compose file comes to, without deploying it. */
@Command(name = "stack-config", description = "Check a compose file and show the specs that it comes to, as JSON")
public final class StackConfig extends SwarmCommand {
    @Option(
            names = {"-c", "--compose-file"},
            paramLabel = "FILE",
            description = "Stack file; later ones override earlier ones (repeatable)",
            required = true)
    private List<String> files = new ArrayList<>();

    @Parameters(paramLabel = "STACK", description = "Name of the stack", arity = "0..1")
    private String name = "stack";

    @Override
    protected void run() throws InterruptedException {
        StackSpec stack = new StackFiles(parts(), session().currentDir(), line -> session()
                        .getConsole()
                        .println("# " + line))
                .parse(name, files);
        out().println(Codec.toJson(stack));
    }
}
