package io.skep.stack.compose.tree;

import io.skep.stack.compose.tree.Node.Entry;
import io.skep.stack.compose.tree.Node.Mapping;
import io.skep.stack.compose.tree.Node.Scalar;
import io.skep.stack.compose.tree.Node.Sequence;
import io.skep.stack.compose.value.Template;
import java.util.Map;

/** Puts variables into every value of a tree; keys and extensions stay as they are. */
public final class Interpolation {
    private final Map<String, String> variables;
    private final Findings findings;

    public Interpolation(Map<String, String> variables, Findings findings) {
        this.variables = variables;
        this.findings = findings;
    }

    /** The tree with its variables replaced. */
    public Node apply(Node node) {
        if (node instanceof Scalar scalar) {
            return scalar.kind() == Scalar.Kind.TEXT && scalar.text().indexOf('$') >= 0 ? expand(scalar) : scalar;
        }
        if (node instanceof Sequence sequence) {
            return new Sequence(
                    sequence.place(), sequence.items().stream().map(this::apply).toList());
        }
        Mapping mapping = (Mapping) node;
        return new Mapping(
                mapping.place(), mapping.entries().stream().map(this::entry).toList());
    }

    private Entry entry(Entry entry) {
        return entry.isExtension() ? entry : entry.with(apply(entry.value()));
    }

    private Scalar expand(Scalar scalar) {
        Template.Result result = Template.expand(scalar.text(), variables);
        result.error().ifPresent(message -> findings.error(scalar.place(), message));
        result.unset()
                .forEach(name -> findings.warning(
                        scalar.place(),
                        "the variable " + name + " is not set and counts as blank; set it or write ${" + name
                                + ":-default}"));
        return new Scalar(scalar.place(), Scalar.Kind.TEXT, result.text());
    }
}
