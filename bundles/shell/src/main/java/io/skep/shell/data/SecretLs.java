package io.skep.shell.data;

import io.skep.model.DataSpec;
import io.skep.model.Secret;
import io.skep.model.table.Table;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists secrets. */
@Command(name = "secret-ls", description = "List secrets")
public final class SecretLs extends DataLs<Secret> {
    @Override
    protected List<Secret> objects() throws InterruptedException {
        return sorted(cluster().all(Table.SECRETS));
    }

    @Override
    protected String id(Secret secret) {
        return secret.id();
    }

    @Override
    protected DataSpec spec(Secret secret) {
        return secret.spec();
    }

    @Override
    protected Instant createdAt(Secret secret) {
        return secret.createdAt();
    }

    @Override
    protected Instant updatedAt(Secret secret) {
        return secret.updatedAt();
    }
}
