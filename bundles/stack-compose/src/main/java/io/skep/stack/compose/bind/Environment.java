package io.skep.stack.compose.bind;

import io.skep.model.SkepException;
import io.skep.stack.compose.tree.Node;
import io.skep.stack.compose.tree.Node.Mapping;
import io.skep.stack.compose.tree.Place;
import io.skep.stack.compose.value.EnvFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The variables of a container: those of its files, then those of the stack file itself. */
final class Environment {
    private final Scope scope;
    private final Values values;

    Environment(Scope scope) {
        this.scope = scope;
        this.values = scope.values();
    }

    /** {@code NAME=value} by name; {@code NAME} alone for one that is set nowhere, so that the image's is removed. */
    List<String> read(Fields fields) {
        Map<String, String> set = new TreeMap<>();
        fields.take("env_file").ifPresent(node -> values.oneOrMore(node).forEach(item -> file(item, set)));
        fields.take("environment")
                .ifPresent(node -> new Pairs(values).read(node).forEach(pair -> put(pair, set)));
        return List.copyOf(set.values());
    }

    private void put(Pairs.Pair pair, Map<String, String> set) {
        String outer = scope.source().variables().get(pair.name());
        String text = pair.value().isPresent()
                ? pair.name() + "=" + pair.value().get()
                : pair.name() + (outer == null ? "" : "=" + outer);
        set.put(pair.name(), text);
        if (text.contains("{{")) {
            values.findings().warning(pair.place().place(), "templates are not supported yet; {{ stays as it is");
        }
    }

    private void file(Node item, Map<String, String> set) {
        if (!(item instanceof Mapping)) {
            values.text(item).ifPresent(path -> load(item, path, true, set));
            return;
        }
        Fields fields = new Fields(item, values);
        boolean required = fields.take("required", values::bool).orElse(true);
        fields.ignore("format", "files are read line by line as NAME=value");
        fields.take("path")
                .ifPresentOrElse(
                        node -> values.text(node).ifPresent(path -> load(node, path, required, set)),
                        () -> values.wrong(item, "an env_file needs a \"path\""));
        fields.finish();
    }

    private void load(Node node, String path, boolean required, Map<String, String> set) {
        List<EnvFile.Line> lines = new ArrayList<>();
        try {
            lines.addAll(EnvFile.parse(
                    scope.source().reader().read(path), scope.source().variables()));
        } catch (SkepException e) {
            if (required) {
                values.wrong(node, "the env_file " + path + " is missing: " + e.getMessage());
            }
        }
        for (EnvFile.Line line : lines) {
            check(new Place(path, line.number(), line.column()), line);
            set.put(line.name(), line.name() + "=" + line.value());
        }
    }

    private void check(Place place, EnvFile.Line line) {
        if (!line.wellFormed()) {
            values.findings().error(place, "\"" + line.name() + "\" is no name of a variable; write NAME=value");
        } else if (line.quoted()) {
            values.findings()
                    .warning(place, "the quotes become part of the value of " + line.name() + "; leave them out");
        }
    }
}
