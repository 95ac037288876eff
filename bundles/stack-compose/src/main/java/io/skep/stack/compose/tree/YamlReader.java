package io.skep.stack.compose.tree;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads one YAML document into a tree with places; refuses what is too large, too deep or grows too much by its aliases. */
public final class YamlReader {
    private static final int LARGEST = 1 << 20;
    /** The parts of a tree with its aliases written out. */
    static final int MOST_NODES = 100_000;

    private final Findings findings;

    public YamlReader(Findings findings) {
        this.findings = findings;
    }

    /** The document; empty after an error. */
    public Optional<Node> read(String path, String text) {
        Place start = new Place(path, 1, 1);
        if (text.length() > LARGEST) {
            findings.error(start, "the file has more than " + LARGEST + " characters; a stack file is smaller");
            return Optional.empty();
        }
        // Jackson would take a byte order mark for text.
        try (YAMLParser parser = factory().createParser(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
            return document(new TreeBuilder(parser, path, findings), start);
        } catch (JacksonException | YAMLException e) {
            YamlFault fault = YamlFault.of(path, e);
            findings.error(fault.place(), fault.message());
        } catch (IOException e) {
            findings.error(start, "the file cannot be read: " + e.getMessage());
        }
        return Optional.empty();
    }

    private Optional<Node> document(TreeBuilder tree, Place start) throws IOException {
        JsonToken first = tree.advance();
        if (first == null) {
            findings.error(start, "the file is empty; a stack file has a mapping \"services\"");
            return Optional.empty();
        }
        Node root = tree.node(first, 0);
        if (tree.advance() != null) {
            findings.error(tree.place(), "a second document begins here; write each stack file as a single document");
        }
        if (root.size() > MOST_NODES) {
            findings.error(
                    start,
                    "with its aliases written out the file has more than " + MOST_NODES + " parts; use fewer aliases");
            return Optional.empty();
        }
        return Optional.of(root);
    }

    /** Made anew each time, without pools: nothing of a stopped bundle may stay behind. */
    private static YAMLFactory factory() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        return YAMLFactory.builder()
                .loaderOptions(options)
                .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(2 * TreeBuilder.DEEPEST)
                        .maxStringLength(LARGEST)
                        .build())
                .build();
    }
}
