package io.skep.stack.compose.bind;

import io.skep.stack.compose.tree.Node;
import io.skep.stack.compose.tree.Node.Mapping;
import java.util.List;
import java.util.Optional;

/**
 * What is there already: {@code external: true}, or the older form that names it.
 *
 * @param name by the older form
 */
record External(Optional<String> name) {
    /** Empty when the object is the stack's own. */
    static Optional<External> read(Fields fields) {
        Optional<Node> node = fields.take("external");
        if (node.isPresent() && node.get() instanceof Mapping mapping) {
            Fields older = new Fields(mapping, fields.values());
            Optional<String> name = older.take("name", fields.values()::text);
            older.finish();
            return Optional.of(new External(name));
        }
        return node.flatMap(fields.values()::bool)
                .filter(external -> external)
                .map(yes -> new External(Optional.empty()));
    }

    /** Nothing can be asked of what is not made here. */
    void alone(Fields fields, List<String> allowed) {
        fields.others(allowed).forEach(entry -> fields.findings()
                .error(
                        entry.place(),
                        "\"" + entry.key() + "\" cannot be set for what is external; leave one of the two out"));
    }
}
