package io.skep.stack.compose.bind;

import io.skep.stack.compose.tree.Node.Entry;
import io.skep.stack.compose.tree.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The named volumes of a stack. */
final class Volumes {
    private final Scope scope;
    private final Values values;
    private final Map<String, String> names = new LinkedHashMap<>();

    Volumes(Scope scope, List<Entry> entries) {
        this.scope = scope;
        this.values = scope.values();
        entries.forEach(entry -> names.put(entry.key(), define(entry)));
    }

    /** The full name of a volume; an undefined one is a finding. */
    Optional<String> name(Place place, String volume) {
        String name = names.get(volume);
        if (name == null) {
            values.findings()
                    .error(
                            place,
                            "there is no volume \"" + volume + "\"; define it under the top-level \"volumes\", or begin"
                                    + " a path with ./ or /" + Suggestion.didYouMean(volume, names.keySet()));
        }
        return Optional.ofNullable(name);
    }

    private String define(Entry entry) {
        Fields fields = new Fields(entry.value(), values);
        Optional<External> external = External.read(fields);
        external.ifPresent(found -> found.alone(fields, List.of("name", "external")));
        fields.take("driver")
                .filter(node -> values.text(node).filter("local"::equals).isEmpty())
                .ifPresent(node -> values.wrong(node, "only volumes of the driver local are supported yet"));
        fields.refuse("driver_opts", "is not supported yet; use a bind mount or leave it out");
        fields.ignore("labels", "volumes carry no labels yet");
        fields.refuse("x-cluster-spec", "is not supported; use a volume of the driver local");
        String name = fields.take("name", values::text)
                .or(() -> external.flatMap(External::name))
                .orElse(external.isPresent() ? entry.key() : scope.scoped(entry.key()));
        fields.finish();
        return name;
    }
}
