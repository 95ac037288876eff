package io.skep.shell.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.contracts.table.TextTable;
import io.skep.shell.SwarmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** How lines are understood, and that every command can be typed and says what it takes. */
class LinesTest {
    private static Stream<SwarmCommand> commands() {
        return Commands.ALL.stream().map(maker -> maker.get());
    }

    private static CommandLine named(String name) {
        return commands()
                .map(Lines::of)
                .filter(line -> line.getCommandName().equals("swarm:" + name))
                .findFirst()
                .orElseThrow();
    }

    @TestFactory
    Stream<DynamicTest> lines() {
        return TextTable.of(
                "tables/lines.txt",
                input -> input.lines().map(LinesTest::understood).collect(Collectors.joining("\n")));
    }

    private static String understood(String typed) {
        String[] words = typed.split(" ", -1);
        try {
            return named(words[0]).parseArgs(Arrays.copyOfRange(words, 1, words.length)).matchedArgs().stream()
                    .map(one -> name(one) + " " + plain(one.getValue()))
                    .sorted()
                    .distinct()
                    .collect(Collectors.joining(", "));
        } catch (ParameterException e) {
            return Lines.complaint(e);
        }
    }

    private static Object plain(Object value) {
        return value instanceof Optional<?> given ? given.orElseThrow() : value;
    }

    private static String name(ArgSpec one) {
        return one instanceof OptionSpec option ? option.longestName() : one.paramLabel();
    }

    @Test
    void everyCommandIsRegistered() throws IOException {
        List<String> missing = new ArrayList<>();
        List<String> registered =
                commands().map(command -> command.getClass().getName()).toList();
        Path classes = Path.of("target/classes");
        try (Stream<Path> files = Files.walk(classes)) {
            files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.contains("-info"))
                    .map(file -> file.replace(".class", "").replace('/', '.'))
                    .filter(name -> isCommand(name) && !registered.contains(name))
                    .forEach(missing::add);
        }
        assertThat(missing).isEmpty();
    }

    private static boolean isCommand(String name) {
        try {
            return Class.forName(name).isAnnotationPresent(Command.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyOptionAndArgumentIsExplainedAndNamed() {
        List<String> bare = new ArrayList<>();
        commands().map(Lines::of).forEach(line -> line.getCommandSpec().args().stream()
                .filter(one -> one.description().length == 0
                        || (one.arity().max() > 0 && one.paramLabel().startsWith("<")))
                .forEach(one -> bare.add(line.getCommandName() + " " + name(one))));
        assertThat(bare).isEmpty();
    }

    @Test
    void helpIsPlainText() {
        CommandLine line = named("service-ps");
        assertThat(Lines.help(line, 0))
                .startsWith("Usage:  swarm:service-ps [OPTIONS] SERVICE...")
                .contains("-q, --quiet", "--help", "desired-state, id, name, node")
                .doesNotContain("\u001b");
    }
}
