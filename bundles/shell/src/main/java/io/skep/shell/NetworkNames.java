package io.skep.shell;

import io.skep.model.table.Table;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes names of networks. */
@Service
public final class NetworkNames extends Names {
    public NetworkNames() {
        super(cluster -> cluster.all(Table.NETWORKS).stream()
                .map(network -> network.spec().name()));
    }
}
