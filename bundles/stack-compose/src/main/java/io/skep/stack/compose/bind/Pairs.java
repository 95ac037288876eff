package io.skep.stack.compose.bind;

import io.skep.stack.compose.tree.Node;
import io.skep.stack.compose.tree.Node.Entry;
import io.skep.stack.compose.tree.Node.Scalar;
import io.skep.stack.compose.tree.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What may be written as a mapping or as a list of {@code name=value}. */
final class Pairs {
    private final Values values;

    Pairs(Values values) {
        this.values = values;
    }

    /** A name, and its value unless it is left open. */
    record Pair(Node place, String name, Optional<String> value) {}

    /** Labels and options: what is left open is blank. */
    Map<String, String> labels(Optional<Node> node) {
        Map<String, String> labels = new TreeMap<>();
        node.ifPresent(found ->
                read(found).forEach(pair -> labels.put(pair.name(), pair.value().orElse(""))));
        return labels;
    }

    /** The pairs in order. */
    List<Pair> read(Node node) {
        List<Pair> pairs = new ArrayList<>();
        if (node instanceof Sequence sequence) {
            sequence.items().forEach(item -> values.text(item).ifPresent(text -> pairs.add(split(item, text))));
        } else {
            values.entries(node).forEach(entry -> pair(entry).ifPresent(pairs::add));
        }
        pairs.stream()
                .filter(pair -> pair.name().isBlank())
                .forEach(pair -> values.wrong(pair.place(), "a name is missing here; write NAME=value"));
        return pairs;
    }

    private Optional<Pair> pair(Entry entry) {
        if (Node.isNull(entry.value())) {
            return Optional.of(
                    new Pair(new Scalar(entry.place(), Scalar.Kind.NULL, ""), entry.key(), Optional.empty()));
        }
        return values.plain(entry.value()).map(value -> new Pair(entry.value(), entry.key(), Optional.of(value)));
    }

    private static Pair split(Node item, String text) {
        int at = text.indexOf('=');
        return at < 0
                ? new Pair(item, text, Optional.empty())
                : new Pair(item, text.substring(0, at), Optional.of(text.substring(at + 1)));
    }
}
