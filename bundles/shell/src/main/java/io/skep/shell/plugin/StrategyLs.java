package io.skep.shell.plugin;

import io.skep.api.control.Cluster;
import io.skep.shell.Answers;
import io.skep.shell.Columns;
import io.skep.shell.ListCommand;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import picocli.CommandLine.Command;

/** Lists placement strategies. */
@Command(name = "strategy-ls", description = "List placement strategies; the one in use is marked")
public final class StrategyLs extends ListCommand<StrategyLs.Listed> {
    /**
     * A strategy.
     *
     * @param name by which it is chosen
     * @param active true for the one in use
     */
    public record Listed(String name, boolean active) {}

    @Override
    protected List<Listed> objects() throws InterruptedException {
        String used = cluster().swarm().map(swarm -> swarm.spec().strategy()).orElse("");
        return call(Cluster.class, cluster -> Answers.of(cluster.strategies())).stream()
                .map(name -> new Listed(name, name.equals(used)))
                .toList();
    }

    @Override
    protected String id(Listed strategy) {
        return strategy.name();
    }

    @Override
    public Map<String, BiPredicate<Listed, String>> keys() {
        return Map.of("name", (strategy, value) -> strategy.name().startsWith(value));
    }

    @Override
    protected Columns table(List<Listed> strategies) {
        Columns table = new Columns("NAME", "ACTIVE");
        strategies.forEach(strategy -> table.add(strategy.name(), strategy.active() ? "*" : ""));
        return table;
    }
}
