package io.skep.shell.stack;

import io.skep.api.stack.StackSpec;
import io.skep.model.ErrorCode;
import io.skep.model.Service;
import io.skep.model.SkepException;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.Comparator;
import java.util.List;

/** What belongs to a stack; pure. */
final class Stacks {
    private Stacks() {}

    /** The services of a stack by name; throws {@code NOT_FOUND} when there are none. */
    static List<Service> services(Snapshot cluster, String stack) {
        List<Service> services = cluster.all(Table.SERVICES).stream()
                .filter(service -> stack.equals(service.spec().labels().get(StackSpec.LABEL)))
                .sorted(Comparator.comparing(service -> service.spec().name()))
                .toList();
        if (services.isEmpty()) {
            throw new SkepException(
                    ErrorCode.NOT_FOUND, "nothing found in stack: " + stack + "; swarm:stack-ls shows those there are");
        }
        return services;
    }
}
