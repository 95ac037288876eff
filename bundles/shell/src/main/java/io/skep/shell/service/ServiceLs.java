package io.skep.shell.service;

import io.skep.model.Service;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.shell.Columns;
import io.skep.shell.ListCommand;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
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
