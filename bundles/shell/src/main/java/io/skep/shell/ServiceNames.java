package io.skep.shell;

import io.skep.model.table.Table;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes names of services. */
@Service
public final class ServiceNames extends Names {
    public ServiceNames() {
        super(cluster -> cluster.all(Table.SERVICES).stream()
                .map(service -> service.spec().name()));
    }
}
