package io.skep.shell;

import io.skep.api.stack.StackSpec;
import io.skep.model.table.Table;
import java.util.Optional;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes names of stacks. */
@Service
public final class StackNames extends Names {
    public StackNames() {
        super(cluster -> cluster.all(Table.SERVICES).stream()
                .flatMap(service -> Optional.ofNullable(service.spec().labels().get(StackSpec.LABEL)).stream())
                .distinct());
    }
}
