package io.skep.shell.data;

import io.skep.model.Config;
import io.skep.model.codec.Codec;
import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.shell.SwarmCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows everything about configs. */
@Command(name = "config-inspect", description = "Show everything about configs, as JSON or for people")
public final class ConfigInspect extends SwarmCommand {
    @Option(names = "--json", description = "Print JSON, as without --pretty")
    private boolean unusedJson;

    @Option(names = "--pretty", description = "Print the content as it is, for people")
    private boolean pretty;

    @Parameters(paramLabel = "CONFIG", description = "Ids or names of configs", arity = "1..*")
    private List<String> references = new ArrayList<>();

    @Override
    protected void run() throws InterruptedException {
        Snapshot cluster = cluster();
        List<Config> configs = references.stream()
                .map(reference -> Lookup.config(cluster, reference))
                .toList();
        if (pretty) {
            configs.forEach(config -> out().println(text(config)));
        } else {
            out().println(Codec.toJson(configs.stream().map(DataDetail::of).toList()));
        }
    }

    /** In docker's words. */
    static String text(Config config) {
        StringBuilder text = new StringBuilder();
        text.append("ID:\t\t\t")
                .append(config.id())
                .append("\nName:\t\t\t")
                .append(config.spec().name());
        if (!config.spec().labels().isEmpty()) {
            text.append("\nLabels:");
            config.spec()
                    .labels()
                    .forEach((name, value) ->
                            text.append("\n - ").append(name).append('=').append(value));
        }
        return text.append("\nCreated at:\t\t")
                .append(config.createdAt())
                .append("\nUpdated at:\t\t")
                .append(config.updatedAt())
                .append("\nData:\n")
                .append(new String(Base64.getDecoder().decode(config.data().value()), StandardCharsets.UTF_8))
                .append('\n')
                .toString();
    }
}
