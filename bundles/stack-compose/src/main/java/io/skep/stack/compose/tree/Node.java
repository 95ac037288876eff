package io.skep.stack.compose.tree;

import java.util.List;
import java.util.Optional;

/** A part of a YAML file with its place. Aliases share nodes, so a tree is to be walked only while its {@link #size} is bounded. */
public sealed interface Node {
    /** Where it begins. */
    Place place();

    /** How many nodes it comes to when every alias is written out; a huge number stands for all that are larger. */
    long size();

    /** What a person calls such a node. */
    String describe();

    /** Nothing, a word, a number. */
    record Scalar(Place place, Kind kind, String text) implements Node {
        /** What a scalar is by YAML's rules; what it is taken for depends on its place. */
        public enum Kind {
            NULL,
            BOOLEAN,
            INTEGER,
            DECIMAL,
            TEXT
        }

        @Override
        public long size() {
            return 1;
        }

        @Override
        public String describe() {
            return kind == Kind.NULL ? "nothing" : "\"" + text + "\"";
        }
    }

    /** Nodes in order. */
    record Sequence(Place place, List<Node> items, long size) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        public Sequence(Place place, List<Node> items) {
            this(place, items, Sizes.sum(items));
        }

        @Override
        public String describe() {
            return "a list";
        }
    }

    /** Nodes by name, in the order of the file. */
    record Mapping(Place place, List<Entry> entries, long size) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }

        public Mapping(Place place, List<Entry> entries) {
            this(place, entries, Sizes.sum(entries.stream().map(Entry::value).toList()));
        }

        /** The entry of this name. */
        public Optional<Entry> entry(String key) {
            return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
        }

        @Override
        public String describe() {
            return "a mapping";
        }
    }

    /**
     * A name and its value.
     *
     * @param place of the name
     */
    record Entry(Place place, String key, Node value) {
        /** The same name with another value. */
        public Entry with(Node other) {
            return new Entry(place, key, other);
        }

        /** True for an extension: what is the author's own and means nothing to a parser. */
        public boolean isExtension() {
            return key.startsWith("x-");
        }
    }

    /** True for {@code null} and for an empty value. */
    static boolean isNull(Node node) {
        return node instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NULL;
    }
}
