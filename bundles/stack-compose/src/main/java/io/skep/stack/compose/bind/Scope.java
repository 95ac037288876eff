package io.skep.stack.compose.bind;

import io.skep.api.stack.StackSource;
import io.skep.api.stack.StackSpec;
import io.skep.stack.compose.tree.Node;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What all parts of one stack share: its name, which prefixes every other, and where it comes from. */
record Scope(StackSource source, Values values) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]([-_a-zA-Z0-9]{0,61}[a-zA-Z0-9])?");

    /** The name of an object of the stack. */
    String scoped(String name) {
        return source.name() + "_" + name;
    }

    /** Labels and the one that ties an object to its stack. */
    Map<String, String> labelled(Map<String, String> labels) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(StackSpec.LABEL, source.name());
        return all;
    }

    /** Names become host names, by themselves and with the stack's in front, so they follow their rules. */
    void checkName(Node.Entry entry, String own, String full) {
        if (!NAME.matcher(own).matches() || !NAME.matcher(full).matches()) {
            values.findings()
                    .error(
                            entry.place(),
                            "the name \"" + own + "\" (in full \"" + full
                                    + "\") must be 1 to 63 letters, digits, hyphens or underscores, a letter"
                                    + " or digit first and last");
        }
    }
}
