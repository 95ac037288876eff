package io.skep.stack.compose;

import io.skep.api.stack.ParsedStack;
import io.skep.api.stack.StackParser;
import io.skep.api.stack.StackSource;
import io.skep.api.stack.StackSpec;
import io.skep.stack.compose.bind.StackBinder;
import io.skep.stack.compose.tree.Findings;
import io.skep.stack.compose.tree.Interpolation;
import io.skep.stack.compose.tree.Node;
import io.skep.stack.compose.tree.Overrides;
import io.skep.stack.compose.tree.Place;
import io.skep.stack.compose.tree.YamlReader;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Compose files as docker stack understands them: each is read and interpolated, all are laid over one another, and the result is bound to specs. */
@Component(service = StackParser.class, property = "engine=compose")
public final class ComposeParser implements StackParser {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]*");

    @Activate
    public ComposeParser() {}

    @Override
    public ParsedStack parse(StackSource source) {
        Findings findings = new Findings();
        Optional<Node> root = merged(source, findings);
        Optional<StackSpec> stack = root.map(node -> new StackBinder(source, findings).bind(node));
        List<String> paths = source.files().stream().map(StackSource.File::path).toList();
        return new ParsedStack(findings.failed() ? Optional.empty() : stack, findings.sorted(paths));
    }

    private static Optional<Node> merged(StackSource source, Findings findings) {
        if (source.files().isEmpty()) {
            findings.error(new Place("", 1, 1), "a stack needs a stack file");
            return Optional.empty();
        }
        if (!NAME.matcher(source.name()).matches()) {
            findings.error(
                    new Place(source.files().get(0).path(), 1, 1),
                    "\"" + source.name() + "\" is no name for a stack: small letters, digits, - and _ are allowed");
        }
        YamlReader reader = new YamlReader(findings);
        Interpolation interpolation = new Interpolation(source.variables(), findings);
        List<Node> trees = source.files().stream()
                .flatMap(file -> reader.read(file.path(), file.text()).stream())
                .map(interpolation::apply)
                .toList();
        return trees.stream().reduce(Overrides::merge);
    }
}
