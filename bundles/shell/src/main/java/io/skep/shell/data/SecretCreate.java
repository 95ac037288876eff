package io.skep.shell.data;

import io.skep.api.control.Cluster;
import io.skep.model.DataSpec;
import io.skep.shell.Answers;
import picocli.CommandLine.Command;

/** Creates a secret. */
@Command(name = "secret-create", description = "Create a secret from a file or the standard input")
public final class SecretCreate extends DataCreate {
    /** One run. */
    public SecretCreate() {
        super(500 * 1024);
    }

    @Override
    String create(DataSpec spec, byte[] data) throws InterruptedException {
        return call(Cluster.class, cluster -> Answers.of(cluster.createSecret("", spec, data)))
                .id();
    }
}
