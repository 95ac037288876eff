package io.skep.shell.data;

import io.skep.api.control.Cluster;
import io.skep.model.DataSpec;
import io.skep.shell.Answers;
import picocli.CommandLine.Command;

/** Creates a config. */
@Command(name = "config-create", description = "Create a config from a file or the standard input")
public final class ConfigCreate extends DataCreate {
    /** One run. */
    public ConfigCreate() {
        super(1000 * 1024);
    }

    @Override
    String create(DataSpec spec, byte[] data) throws InterruptedException {
        return call(Cluster.class, cluster -> Answers.of(cluster.createConfig("", spec, data)))
                .id();
    }
}
