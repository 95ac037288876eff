package io.skep.shell.data;

import io.skep.model.DataSpec;
import io.skep.shell.Input;
import io.skep.shell.SwarmCommand;
import io.skep.shell.Texts;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a secret or a config, and prints its id. */
abstract class DataCreate extends SwarmCommand {
    private final int most;

    @Option(
            names = {"-l", "--label"},
            paramLabel = "NAME=value",
            description = "Label (repeatable)")
    private List<String> labels = new ArrayList<>();

    @Parameters(index = "0", paramLabel = "NAME", description = "Name to give")
    private String name = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "Content; - is the standard input")
    private String file = Input.STANDARD;

    DataCreate(int most) {
        this.most = most;
    }

    /** Creates it and tells its id. */
    abstract String create(DataSpec spec, byte[] data) throws InterruptedException;

    @Override
    protected final void run() throws InterruptedException {
        DataSpec spec = new DataSpec(name, Texts.pairs(labels));
        out().println(create(spec, input().bytes(file, most)));
    }
}
