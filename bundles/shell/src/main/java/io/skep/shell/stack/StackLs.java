package io.skep.shell.stack;

import io.skep.api.stack.StackSpec;
import io.skep.model.Service;
import io.skep.model.table.Table;
import io.skep.shell.Columns;
import io.skep.shell.ListCommand;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import picocli.CommandLine.Command;

/** Lists stacks. */
@Command(name = "stack-ls", description = "List stacks")
public final class StackLs extends ListCommand<StackLs.Listed> {
    /**
     * A stack.
     *
     * @param name its name
     * @param services how many services it has
     */
    public record Listed(String name, int services) {}

    @Override
    protected List<Listed> objects() throws InterruptedException {
        Map<String, Integer> counts = new TreeMap<>();
        for (Service service : cluster().all(Table.SERVICES)) {
            String stack = service.spec().labels().get(StackSpec.LABEL);
            if (stack != null) {
                counts.merge(stack, 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .map(entry -> new Listed(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    protected String id(Listed stack) {
        return stack.name();
    }

    @Override
    public Map<String, BiPredicate<Listed, String>> keys() {
        return Map.of("name", (stack, value) -> stack.name().startsWith(value));
    }

    @Override
    protected Columns table(List<Listed> stacks) {
        Columns table = new Columns("NAME", "SERVICES");
        stacks.forEach(stack -> table.add(stack.name(), Integer.toString(stack.services())));
        return table;
    }
}
