package io.skep.shell.service;

import io.skep.model.Service;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.shell.Columns;
import io.skep.shell.ListCommand;
import io.skep.shell.Texts;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists services. */
@Command(name = "service-ls", description = "List services")
public final class ServiceLs extends ListCommand<Service> {
    private Snapshot cluster = Snapshot.empty();

    @Override
    protected List<Service> objects() throws InterruptedException {
        cluster = cluster();
        return cluster.all(Table.SERVICES).stream()
                .sorted(Comparator.comparing(service -> service.spec().name()))
                .toList();
    }

    @Override
    protected String id(Service service) {
        return Texts.id(service.id());
    }

    @Override
    protected Columns table(List<Service> services) {
        return table(cluster, services);
    }

    /** The table of services, for stacks too. */
    public static Columns table(Snapshot cluster, List<Service> services) {
        Columns table = new Columns("ID", "NAME", "MODE", "REPLICAS", "IMAGE", "PORTS");
        services.forEach(service -> table.add(
                Texts.id(service.id()),
                service.spec().name(),
                Texts.mode(service.spec().mode()),
                Replicas.text(cluster, service),
                service.spec().taskTemplate().containerSpec().image(),
                Texts.ports(service.ports())));
        return table;
    }
}
