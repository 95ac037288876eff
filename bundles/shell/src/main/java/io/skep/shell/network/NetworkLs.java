package io.skep.shell.network;

import io.skep.model.Network;
import io.skep.model.table.Table;
import io.skep.shell.Columns;
import io.skep.shell.Filters;
import io.skep.shell.ListCommand;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
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
        return shown(network.id());
    }

    private static String driver(Network network) {
        return network.spec().driver().isEmpty() ? "bridge" : network.spec().driver();
    }

    @Override
    public Map<String, BiPredicate<Network, String>> keys() {
        return Map.of(
                "id", (network, value) -> network.id().startsWith(value),
                "name", (network, value) -> network.spec().name().contains(value),
                "driver", (network, value) -> driver(network).equals(value),
                "label", (network, value) -> Filters.label(network.spec().labels(), value));
    }

    @Override
    protected Columns table(List<Network> networks) {
        Columns table = new Columns("NETWORK ID", "NAME", "DRIVER", "SCOPE", "SUBNET");
        networks.forEach(network ->
                table.add(shown(network.id()), network.spec().name(), driver(network), "swarm", network.subnet()));
        return table;
    }
}
