package io.skep.shell.network;

import io.skep.model.Network;
import io.skep.model.table.Table;
import io.skep.shell.Columns;
import io.skep.shell.ListCommand;
import io.skep.shell.Texts;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists networks. */
@Command(name = "network-ls", description = "List networks")
public final class NetworkLs extends ListCommand<Network> {
    @Override
    protected List<Network> objects() throws InterruptedException {
        return cluster().all(Table.NETWORKS).stream()
                .sorted(Comparator.comparing(network -> network.spec().name()))
                .toList();
    }

    @Override
    protected String id(Network network) {
        return network.id();
    }

    @Override
    protected Columns table(List<Network> networks) {
        Columns table = new Columns("NETWORK ID", "NAME", "DRIVER", "SCOPE", "SUBNET");
        networks.forEach(network -> table.add(
                Texts.id(network.id()),
                network.spec().name(),
                network.spec().driver().isEmpty() ? "bridge" : network.spec().driver(),
                "swarm",
                network.subnet()));
        return table;
    }
}
