package io.skep.stack.compose.bind;

import io.skep.stack.compose.tree.Findings;
import io.skep.stack.compose.tree.Node;
import io.skep.stack.compose.tree.Node.Entry;
import io.skep.stack.compose.tree.Node.Mapping;
import io.skep.stack.compose.tree.Node.Scalar;
import io.skep.stack.compose.tree.Node.Sequence;
import io.skep.stack.compose.tree.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The keys of one mapping. A key nobody asks for is unknown, and {@link #finish} says so: none is passed over in silence. */
final class Fields {
    private final Place place;
    private final List<Entry> entries;
    private final Map<String, Entry> byKey = new HashMap<>();
    private final Values values;
    private final Set<String> known = new TreeSet<>();

    /** Nothing counts as an empty mapping. */
    Fields(Node node, Values values) {
        this.place = node.place();
        this.values = values;
        this.entries = Node.isNull(node) ? List.of() : values.entries(node);
        entries.forEach(entry -> byKey.putIfAbsent(entry.key(), entry));
    }

    /** Where the mapping begins. */
    Place place() {
        return place;
    }

    Values values() {
        return values;
    }

    Findings findings() {
        return values.findings();
    }

    /** The value of a key; empty when it is absent or nothing. */
    Optional<Node> take(String key) {
        return entry(key).map(Entry::value).filter(value -> !Node.isNull(value));
    }

    /** The value of a key, read. */
    <T> Optional<T> take(String key, Function<Node, Optional<T>> read) {
        return take(key).flatMap(read);
    }

    /** The text of a key; blank when it is absent. */
    String text(String key) {
        return take(key, values::text).orElse("");
    }

    boolean flag(String key) {
        return take(key, values::bool).orElse(false);
    }

    /** The mapping of a key; an empty one at the place of this when it is absent. */
    Fields fields(String key) {
        return new Fields(take(key).orElseGet(() -> new Mapping(place, List.of())), values);
    }

    /** A key without effect here: the author is told what to use instead. */
    void ignore(String key, String instead) {
        asked(key).ifPresent(entry -> findings().warning(entry.place(), "\"" + key + "\" is ignored: " + instead));
    }

    /** A key without which the stack would not be what its author means. */
    void refuse(String key, String reason) {
        asked(key).ifPresent(entry -> findings().error(entry.place(), "\"" + key + "\" " + reason));
    }

    /** Complains of what was not asked for. */
    void finish() {
        for (Entry entry : entries) {
            if (findings().full()) {
                return;
            }
            if (!known.contains(entry.key()) && !entry.isExtension()) {
                findings()
                        .error(
                                entry.place(),
                                "unknown key \"" + entry.key() + "\"" + Suggestion.didYouMean(entry.key(), known));
            }
        }
    }

    /** The entries of other keys than these. */
    List<Entry> others(List<String> keys) {
        return entries.stream()
                .filter(entry -> !keys.contains(entry.key()) && !entry.isExtension())
                .toList();
    }

    /** An entry that asks for something: not one that says false or is empty. */
    private Optional<Entry> asked(String key) {
        return entry(key).filter(entry -> !isIdle(entry.value()));
    }

    private static boolean isIdle(Node value) {
        if (value instanceof Sequence sequence) {
            return sequence.items().isEmpty();
        }
        return value instanceof Scalar scalar
                && (scalar.kind() == Scalar.Kind.NULL || scalar.text().equalsIgnoreCase("false"));
    }

    Optional<Entry> entry(String key) {
        known.add(key);
        return Optional.ofNullable(byKey.get(key));
    }
}
