package io.skep.shell.stack;

import io.skep.model.Service;
import io.skep.model.table.Snapshot;
import io.skep.shell.Columns;
import io.skep.shell.ListCommand;
import io.skep.shell.service.ServiceTable;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the services of a stack. */
@Command(name = "stack-services", description = "List the services of a stack")
public final class StackServices extends ListCommand<Service> {
    @Parameters(paramLabel = "STACK", description = "Name of the stack")
    private String name;

    private Snapshot cluster = Snapshot.empty();

    @Override
    protected List<Service> objects() throws InterruptedException {
        cluster = cluster();
        return Stacks.services(cluster, name);
    }

    @Override
    protected String id(Service service) {
        return shown(service.id());
    }

    @Override
    protected Object json(Service service) {
        return ServiceTable.json(cluster, service);
    }

    @Override
    public Map<String, BiPredicate<Service, String>> keys() {
        return ServiceTable.KEYS;
    }

    @Override
    protected Columns table(List<Service> services) {
        return ServiceTable.of(cluster, services, this::shown);
    }
}
