package io.skep.shell.data;

import io.skep.model.Config;
import io.skep.model.DataSpec;
import io.skep.model.table.Table;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists configs. */
@Command(name = "config-ls", description = "List configs")
public final class ConfigLs extends DataLs<Config> {
    @Override
    protected List<Config> objects() throws InterruptedException {
        return sorted(cluster().all(Table.CONFIGS));
    }

    @Override
    protected String id(Config config) {
        return config.id();
    }

    @Override
    protected DataSpec spec(Config config) {
        return config.spec();
    }

    @Override
    protected Instant createdAt(Config config) {
        return config.createdAt();
    }

    @Override
    protected Instant updatedAt(Config config) {
        return config.updatedAt();
    }
}
