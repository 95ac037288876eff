package io.skep.shell.console;

import io.skep.shell.ListCommand;
import io.skep.shell.Parts;
import io.skep.shell.SwarmCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileCompleter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completes the line of one command: its name, its options, and whatever the labels of options and arguments stand for. */
final class Completions implements Completer {
    private static final String FILE = "FILE";

    private final CommandSpec spec;
    private final boolean passesOn;
    private final boolean scoped;
    private final Names names;
    private final List<String> keys;

    Completions(SwarmCommand command, Parts parts, boolean scoped) {
        spec = Lines.of(command).getCommandSpec();
        passesOn = command.passesOn();
        this.scoped = scoped;
        names = new Names(parts);
        keys = command instanceof ListCommand<?> listing
                ? listing.keys().keySet().stream().sorted().toList()
                : List.of();
    }

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<Candidate> found = new ArrayList<>();
        completeCandidates(session, line, found);
        found.forEach(candidate -> candidates.add(candidate.value()));
        return 0;
    }

    /** The shell asks the completers of all commands about every line. */
    @Override
    public void completeCandidates(Session session, CommandLine line, List<Candidate> candidates) {
        List<String> words = List.of(line.getArguments());
        int cursor = line.getCursorArgumentIndex();
        if (cursor == 0) {
            own().forEach(name ->
                    candidates.add(new Candidate(name, name, null, description(), null, spec.name(), true)));
        } else if (session.resolveCommand(words.get(0)).equals(spec.name())) {
            Place place = place(words.subList(1, cursor), cursor < words.size() ? words.get(cursor) : "");
            if (place.label().equals(FILE)) {
                new FileCompleter().completeCandidates(session, line, candidates);
            } else {
                offers(place).forEach(candidates::add);
            }
        }
    }

    private Stream<String> own() {
        String bare = spec.name().substring(Lines.SCOPE.length() + 1);
        return scoped ? Stream.of(bare) : Stream.of(bare, spec.name());
    }

    private String description() {
        return String.join(" ", spec.usageMessage().description());
    }

    /**
     * What the cursor is at.
     *
     * @param options true when it begins an option
     * @param label otherwise that of the value or argument; empty when none can stand there
     */
    private record Place(boolean options, String label) {}

    private Place place(List<String> before, String word) {
        Optional<OptionSpec> open = Optional.empty();
        boolean options = true;
        int position = 0;
        for (String one : before) {
            if (open.isPresent()) {
                open = Optional.empty();
            } else if (options && one.startsWith("-")) {
                options = !one.equals("--");
                open = Optional.ofNullable(spec.findOption(one))
                        .filter(option -> option.arity().min() > 0);
            } else {
                options &= !passesOn;
                position++;
            }
        }
        return open.isPresent()
                ? new Place(false, open.get().paramLabel())
                : new Place(options && word.startsWith("-"), label(position));
    }

    private String label(int position) {
        return spec.positionalParameters().stream()
                .filter(argument -> argument.index().contains(position))
                .map(PositionalParamSpec::paramLabel)
                .findFirst()
                .orElse("");
    }

    private Stream<Candidate> offers(Place place) {
        if (place.options()) {
            return spec.options().stream().flatMap(Completions::option);
        }
        Stream<String> values = place.label().equals(ListCommand.FILTER)
                ? keys.stream().map(key -> key + "=")
                : names.of(place.label()).stream();
        return values.map(value -> new Candidate(value, !value.endsWith("=")));
    }

    private static Stream<Candidate> option(OptionSpec option) {
        String description = String.join(" ", option.description());
        return Stream.of(option.names())
                .map(name -> new Candidate(name, name, null, description, null, option.longestName(), true));
    }
}
