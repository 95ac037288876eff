package io.skep.shell.stack;

import io.skep.model.codec.Codec;
import io.skep.shell.SwarmCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a compose file comes to, without deploying it. */
@Command(name = "stack-config", description = "Check a compose file and show the specs that it comes to, as JSON")
public final class StackConfig extends SwarmCommand {
    @Option(
            names = {"-c", "--compose-file"},
            paramLabel = "FILE",
            description = "Stack file (required); later ones override earlier ones (repeatable)",
            required = true)
    private List<String> files = new ArrayList<>();

    /** Taken so that scripts can give it everywhere; there is no other form. */
    @Option(names = "--json", description = "Print JSON, the only form there is")
    private boolean unusedJson;

    @Parameters(paramLabel = "STACK", description = "Name of the stack", arity = "0..1")
    private String name = "stack";

    @Override
    protected void run() throws InterruptedException {
        StackFiles.Read read = new StackFiles(parts(), session().currentDir()).parse(name, files);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("Name", read.stack().name());
        shown.put("Networks", read.stack().networks());
        shown.put("Services", read.stack().services());
        shown.put("Warnings", read.warnings());
        out().println(Codec.toJson(shown));
    }
}
