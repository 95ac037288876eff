package io.skep.shell.stack;

import io.skep.api.stack.StackSpec;
import io.skep.model.codec.Codec;
import io.skep.shell.SwarmCommand;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** Shows what a compose file comes to, without deploying it. */
@Service
@Command(
        scope = "swarm",
        name = "stack-config",
        description = "Check a compose file and show the specs that it comes to, as JSON")
public final class StackConfig extends SwarmCommand {
    @Option(
            name = "-c",
            aliases = "--compose-file",
            description = "Stack file; later ones override earlier ones (repeatable)",
            required = true,
            multiValued = true)
    @Completion(FileCompleter.class)
    private final List<String> files = new ArrayList<>();

    @Argument(index = 0, name = "STACK", description = "Name of the stack")
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
