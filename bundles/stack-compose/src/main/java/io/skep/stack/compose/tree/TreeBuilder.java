package io.skep.stack.compose.tree;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.skep.stack.compose.tree.Node.Entry;
import io.skep.stack.compose.tree.Node.Mapping;
import io.skep.stack.compose.tree.Node.Scalar;
import io.skep.stack.compose.tree.Node.Sequence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns Jackson's tokens into nodes: anchors and aliases, merge keys, keys that come twice. */
final class TreeBuilder {
    /** Deeper than any stack file, shallower than the stack of a thread. */
    static final int DEEPEST = 64;

    private static final String STANDARD_TAG = "tag:yaml.org,2002:";

    private final YAMLParser parser;
    private final String path;
    private final Findings findings;
    private final Map<String, Node> anchors = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private final MergeKeys.Budget merged = new MergeKeys.Budget();

    TreeBuilder(YAMLParser parser, String path, Findings findings) {
        this.parser = parser;
        this.path = path;
        this.findings = findings;
    }

    @Nullable
    JsonToken advance() throws IOException {
        return parser.nextToken();
    }

    Place place() {
        JsonLocation location = parser.currentTokenLocation();
        return new Place(path, location.getLineNr(), location.getColumnNr());
    }

    /** The node that begins with this token. */
    Node node(JsonToken token, int depth) throws IOException {
        Place place = place();
        if (parser.isCurrentAlias()) {
            return alias(place, parser.getText());
        }
        checkTag(place);
        String anchor = parser.getObjectId();
        if (anchor != null) {
            open.add(anchor);
        }
        Node node = content(token, place, depth);
        if (anchor != null) {
            open.remove(anchor);
            anchors.put(anchor, node);
        }
        return node;
    }

    private Node content(JsonToken token, Place place, int depth) throws IOException {
        if (!token.isStructStart()) {
            return scalar(token, place);
        }
        if (depth >= DEEPEST) {
            findings.error(place, "the file is nested more than " + DEEPEST + " levels deep; a stack file is flatter");
            parser.skipChildren();
            return nothing(place);
        }
        return token == JsonToken.START_ARRAY ? sequence(place, depth) : mapping(place, depth);
    }

    private Node alias(Place place, String name) {
        Node node = anchors.get(name);
        if (open.contains(name)) {
            findings.error(place, "the alias *" + name + " lies within what it stands for");
        } else if (node == null) {
            findings.error(place, "there is no anchor &" + name + " before this alias");
        } else {
            return node;
        }
        return nothing(place);
    }

    private Sequence sequence(Place place, int depth) throws IOException {
        List<Node> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(node(token, depth + 1));
        }
        return new Sequence(place, items);
    }

    private Mapping mapping(Place place, int depth) throws IOException {
        List<Entry> entries = new ArrayList<>();
        Map<String, Place> seen = new HashMap<>();
        MergeKeys merge = new MergeKeys(findings, merged);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Place at = place();
            String key = parser.currentName();
            checkKey(at, key, seen);
            Node value = node(parser.nextToken(), depth + 1);
            if (key.equals(MergeKeys.KEY)) {
                merge.add(value);
            } else {
                entries.add(new Entry(at, key, value));
            }
        }
        return new Mapping(place, merge.into(entries));
    }

    private void checkKey(Place place, String key, Map<String, Place> seen) {
        if (parser.isCurrentAlias()) {
            findings.error(place, "an alias cannot be a key; write the key out");
        }
        Place first = seen.putIfAbsent(key, place);
        if (first != null) {
            findings.error(
                    place, "the key \"" + key + "\" stands in line " + first.line() + " already; keep one of them");
        }
    }

    private void checkTag(Place place) throws IOException {
        String tag = parser.getTypeId();
        if (tag != null && !tag.startsWith(STANDARD_TAG)) {
            findings.error(place, "the tag !" + tag + " is not supported; leave it out");
        }
    }

    private Scalar scalar(JsonToken token, Place place) throws IOException {
        if (token == JsonToken.VALUE_EMBEDDED_OBJECT) {
            findings.error(place, "binary values are not supported; write text");
            return nothing(place);
        }
        String text = parser.getText();
        return new Scalar(place, ScalarKinds.of(token, text, isQuoted()), text);
    }

    /** Jackson tells an empty value from "" only by how far it reaches. */
    private boolean isQuoted() {
        JsonLocation from = parser.currentTokenLocation();
        JsonLocation to = parser.currentLocation();
        return from.getLineNr() != to.getLineNr() || from.getColumnNr() != to.getColumnNr();
    }

    private static Scalar nothing(Place place) {
        return new Scalar(place, Scalar.Kind.NULL, "");
    }
}
