package io.skep.shell.stack;

import io.skep.model.Service;
import io.skep.model.table.Snapshot;
import io.skep.shell.Columns;
import io.skep.shell.ListCommand;
import io.skep.shell.Texts;
import io.skep.shell.service.ServiceLs;
import java.util.List;
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
        return Texts.id(service.id());
    }

    @Override
    protected Columns table(List<Service> services) {
        return ServiceLs.table(cluster, services);
    }
}
