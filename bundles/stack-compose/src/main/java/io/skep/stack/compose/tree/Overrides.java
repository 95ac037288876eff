package io.skep.stack.compose.tree;

import io.skep.stack.compose.tree.Node.Entry;
import io.skep.stack.compose.tree.Node.Mapping;
import io.skep.stack.compose.tree.Node.Scalar;
import io.skep.stack.compose.tree.Node.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lays one stack file over another: mappings are merged, lists appended, single values replaced. What may be written as a list of {@code name=value} or as a
 * mapping counts as a mapping; command lines are replaced as a whole. Which of two ports or volumes wins is left to those who can read them.
 *
 * @see <a href="https://docs.docker.com/reference/compose-file/merge/">Merging in Compose</a>
 */
public final class Overrides {
    private static final String HOSTS = "extra_hosts";
    private static final Set<String> REPLACED = Set.of("command", "entrypoint", "test");
    private static final Set<String> NAMED = Set.of("environment", "labels", HOSTS, "sysctls", "networks");
    private static final Set<String> ONE_OR_MORE = Set.of("env_file", "tmpfs", "dns", "dns_search");
    private static final String LOGGING = "logging";
    /** Above it stand the sections of the file and names that its author chose. */
    private static final int PROPERTIES = 3;

    private Overrides() {}

    /** The base with what the other says over it. */
    public static Node merge(Node base, Node over) {
        return merge("", 0, base, over);
    }

    private static Node merge(String name, int depth, Node base, Node over) {
        String key = depth < PROPERTIES ? "" : name;
        if (Node.isNull(over) || REPLACED.contains(key) || anotherDriver(key, base, over)) {
            return Node.isNull(over) ? base : over;
        }
        Node low = normal(key, base);
        Node high = normal(key, over);
        if (low instanceof Mapping left && high instanceof Mapping right) {
            return mappings(left, right, depth + 1);
        }
        if (low instanceof Sequence left && high instanceof Sequence right) {
            List<Node> items = new ArrayList<>(left.items());
            items.addAll(right.items());
            return new Sequence(right.place(), items);
        }
        return over;
    }

    private static Mapping mappings(Mapping base, Mapping over, int depth) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        base.entries().forEach(entry -> entries.put(entry.key(), entry));
        for (Entry entry : over.entries()) {
            Entry low = entries.get(entry.key());
            entries.put(
                    entry.key(),
                    low == null ? entry : entry.with(merge(entry.key(), depth, low.value(), entry.value())));
        }
        return new Mapping(over.place(), List.copyOf(entries.values()));
    }

    private static Node normal(String key, Node node) {
        if (NAMED.contains(key) && node instanceof Sequence sequence) {
            return new Mapping(
                    sequence.place(),
                    sequence.items().stream()
                            .map(item -> named(item, key.equals(HOSTS)))
                            .toList());
        }
        if (ONE_OR_MORE.contains(key) && node instanceof Scalar) {
            return new Sequence(node.place(), List.of(node));
        }
        return node;
    }

    /** An item such as {@code name=value}; one that cannot be read keeps its place and is complained of when it is bound. */
    private static Entry named(Node item, boolean colon) {
        if (!(item instanceof Scalar scalar)) {
            return new Entry(item.place(), "", item);
        }
        int equals = scalar.text().indexOf('=');
        int at = equals < 0 && colon ? scalar.text().indexOf(':') : equals;
        return at < 0
                ? new Entry(item.place(), scalar.text(), new Scalar(item.place(), Scalar.Kind.NULL, ""))
                : new Entry(
                        item.place(),
                        scalar.text().substring(0, at),
                        new Scalar(item.place(), Scalar.Kind.TEXT, scalar.text().substring(at + 1)));
    }

    /** Options of one log driver mean nothing to another. */
    private static boolean anotherDriver(String key, Node base, Node over) {
        return key.equals(LOGGING)
                && base instanceof Mapping low
                && over instanceof Mapping high
                && low.entry("driver").isPresent()
                && high.entry("driver").isPresent()
                && !same(low.entry("driver").get(), high.entry("driver").get());
    }

    private static boolean same(Entry one, Entry other) {
        return one.value() instanceof Scalar a
                && other.value() instanceof Scalar b
                && a.text().equals(b.text());
    }
}
