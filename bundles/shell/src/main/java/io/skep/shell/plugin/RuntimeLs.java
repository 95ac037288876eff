package io.skep.shell.plugin;

import io.skep.api.runtime.ContainerRuntime;
import io.skep.api.runtime.RuntimeInfo;
import io.skep.shell.Columns;
import io.skep.shell.ListCommand;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import picocli.CommandLine.Command;

/** Lists the container runtimes of this node. */
@Command(name = "runtime-ls", description = "List the container runtimes of this node")
public final class RuntimeLs extends ListCommand<RuntimeInfo> {
    @Override
    protected List<RuntimeInfo> objects() throws InterruptedException {
        return parts().callAll(ContainerRuntime.class, ContainerRuntime.PROPERTY, ContainerRuntime::info);
    }

    @Override
    protected String id(RuntimeInfo runtime) {
        return runtime.name();
    }

    @Override
    public Map<String, BiPredicate<RuntimeInfo, String>> keys() {
        return Map.of("name", (runtime, value) -> runtime.name().startsWith(value));
    }

    @Override
    protected Columns table(List<RuntimeInfo> runtimes) {
        Columns table = new Columns("NAME", "VERSION", "STATUS");
        runtimes.forEach(runtime ->
                table.add(runtime.name(), runtime.version(), runtime.problem().orElse("ready")));
        return table;
    }
}
