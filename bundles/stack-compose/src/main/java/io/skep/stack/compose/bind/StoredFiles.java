package io.skep.stack.compose.bind;

import io.skep.api.stack.StackData;
import io.skep.model.DataSpec;
import io.skep.model.FileTarget;
import io.skep.model.Sensitive;
import io.skep.model.SkepException;
import io.skep.stack.compose.tree.Node;
import io.skep.stack.compose.tree.Node.Entry;
import io.skep.stack.compose.tree.Node.Mapping;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The secrets or the configs of a stack: those it brings, and how services read them. */
final class StoredFiles {
    private static final int MOST_BITS = 07777;

    private final Scope scope;
    private final Values values;
    private final String section;
    private final Map<String, Definition> definitions = new LinkedHashMap<>();

    /**
     * What a section defines.
     *
     * @param section {@code secrets} or {@code configs}
     */
    StoredFiles(Scope scope, String section, List<Entry> entries) {
        this.scope = scope;
        this.values = scope.values();
        this.section = section;
        entries.forEach(entry -> definitions.put(entry.key(), define(entry)));
    }

    /**
     * A secret or config of the file.
     *
     * @param name in full
     * @param made empty when it is there already
     */
    private record Definition(String name, Optional<StackData> made) {}

    /** What the swarm does not have by itself, in the order of the file. */
    List<StackData> toBeMade() {
        return definitions.values().stream()
                .flatMap(definition -> definition.made().stream())
                .toList();
    }

    /** What a service reads, as references with a file and a full name. */
    <T> List<T> read(Fields service, BiFunction<FileTarget, String, T> reference) {
        List<T> read = new ArrayList<>();
        for (Node item : service.take(section).map(values::items).orElse(List.of())) {
            use(item, reference).ifPresent(read::add);
        }
        return read;
    }

    private <T> Optional<T> use(Node item, BiFunction<FileTarget, String, T> reference) {
        if (!(item instanceof Mapping)) {
            return values.text(item).flatMap(key -> named(item, key)
                    .map(definition -> reference.apply(FileTarget.named(key), definition.name())));
        }
        Fields fields = new Fields(item, values);
        String key = fields.text("source");
        String target = fields.take("target", values::text).orElse(key);
        FileTarget usual = FileTarget.named(target);
        FileTarget file = new FileTarget(
                target,
                fields.take("uid", values::text).orElse(usual.uid()),
                fields.take("gid", values::text).orElse(usual.gid()),
                fields.take("mode", node -> values.integer(node, 0, MOST_BITS)).orElse(usual.mode()));
        fields.finish();
        return named(item, key).map(definition -> reference.apply(file, definition.name()));
    }

    private Optional<Definition> named(Node item, String key) {
        Definition definition = definitions.get(key);
        return definition != null
                ? Optional.of(definition)
                : values.wrong(
                        item,
                        "there is nothing named \"" + key + "\"; define it under the top-level \"" + section + "\""
                                + Suggestion.didYouMean(key, definitions.keySet()));
    }

    private Definition define(Entry entry) {
        Fields fields = new Fields(entry.value(), values);
        Optional<External> external = External.read(fields);
        String name = fields.take("name", values::text)
                .or(() -> external.flatMap(External::name))
                .orElse(external.isPresent() ? entry.key() : scope.scoped(entry.key()));
        if (external.isPresent()) {
            external.get().alone(fields, List.of("name", "external"));
            return new Definition(name, Optional.empty());
        }
        fields.refuse("driver", "is not supported; give a \"file\"");
        fields.refuse("driver_opts", "is not supported; give a \"file\"");
        fields.refuse("template_driver", "is not supported yet; leave it out");
        fields.refuse("environment", "is not supported; give a \"file\"");
        Map<String, String> labels = scope.labelled(new Pairs(values).labels(fields.take("labels")));
        Optional<byte[]> content = content(entry, fields);
        fields.finish();
        return new Definition(
                name,
                content.map(bytes -> new StackData(
                        new DataSpec(name, labels),
                        new Sensitive(Base64.getEncoder().encodeToString(bytes)))));
    }

    /** Of a file, or of a config as it stands. */
    private Optional<byte[]> content(Entry entry, Fields fields) {
        Optional<Node> file = fields.take("file");
        Optional<Node> inline = section.equals("configs") ? fields.take("content") : Optional.empty();
        if (file.isPresent() == inline.isPresent()) {
            values.findings()
                    .error(
                            entry.place(),
                            "\"" + entry.key() + "\" needs a \"file\""
                                    + (section.equals("configs") ? " or a \"content\"" : "")
                                    + ", or \"external: true\" when it is there already");
            return Optional.empty();
        }
        return inline.isPresent()
                ? values.text(inline.get()).map(text -> text.getBytes(StandardCharsets.UTF_8))
                : values.text(file.orElseThrow()).flatMap(path -> load(file.get(), path));
    }

    private Optional<byte[]> load(Node node, String path) {
        try {
            return Optional.of(scope.source().reader().bytes(path));
        } catch (SkepException e) {
            return values.wrong(node, String.valueOf(e.getMessage()));
        }
    }
}
