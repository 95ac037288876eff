package io.skep.stack.compose.tree;

import io.skep.stack.compose.tree.Node.Entry;
import io.skep.stack.compose.tree.Node.Mapping;
import io.skep.stack.compose.tree.Node.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a mapping takes over by {@code <<}: its own keys win, then those of earlier sources.
 *
 * @see <a href="https://yaml.org/type/merge.html">YAML's merge key</a>
 */
final class MergeKeys {
    static final String KEY = "<<";

    private final Findings findings;
    private final Budget budget;
    private final List<Mapping> sources = new ArrayList<>();

    MergeKeys(Findings findings, Budget budget) {
        this.findings = findings;
        this.budget = budget;
    }

    /** How many entries one file may take over: they are copies, unlike what an alias stands for. */
    static final class Budget {
        private int left = YamlReader.MOST_NODES;

        private boolean take(int entries) {
            boolean enough = entries <= left;
            left = enough ? left - entries : 0;
            return enough;
        }
    }

    void add(Node value) {
        if (value instanceof Mapping mapping) {
            if (budget.take(mapping.entries().size())) {
                sources.add(mapping);
            } else {
                findings.error(value.place(), "the file takes over more by << than a stack file needs; use fewer");
            }
        } else if (value instanceof Sequence sequence
                && sequence.items().stream().allMatch(Mapping.class::isInstance)) {
            sequence.items().forEach(this::add);
        } else {
            findings.error(value.place(), "<< takes over a mapping or a list of mappings, not " + value.describe());
        }
    }

    List<Entry> into(List<Entry> own) {
        List<Entry> all = new ArrayList<>(own);
        Set<String> known = new HashSet<>();
        own.forEach(entry -> known.add(entry.key()));
        for (Mapping source : sources) {
            source.entries().stream().filter(entry -> known.add(entry.key())).forEach(all::add);
        }
        return all;
    }
}
