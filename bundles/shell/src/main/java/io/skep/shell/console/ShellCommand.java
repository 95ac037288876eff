package io.skep.shell.console;

import io.skep.model.SkepException;
import io.skep.shell.Parts;
import io.skep.shell.SwarmCommand;
import io.skep.shell.Wording;
import java.util.List;
import java.util.function.Supplier;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A command as Karaf's shell sees it. A failure is told in one line that names cause and remedy. */
final class ShellCommand implements Command {
    private final Supplier<SwarmCommand> maker;
    private final Parts parts;
    private final String name;
    private final String description;

    ShellCommand(Supplier<SwarmCommand> maker, Parts parts) {
        this.maker = maker;
        this.parts = parts;
        CommandSpec spec = CommandSpec.forAnnotatedObject(maker.get());
        name = spec.name();
        description = String.join(" ", spec.usageMessage().description());
    }

    @Override
    public @Nullable Object execute(Session session, List<Object> arguments) throws Exception {
        SwarmCommand command = maker.get();
        CommandLine line = Lines.of(command);
        try {
            line.parseArgs(arguments.stream().map(String::valueOf).toArray(String[]::new));
            if (line.isUsageHelpRequested()) {
                System.out.println(Lines.help(line, width(session)));
            } else {
                command.run(parts, session);
            }
            return null;
        } catch (ParameterException e) {
            throw failure(Lines.complaint(e));
        } catch (SkepException e) {
            throw failure(Wording.of(e));
        }
    }

    private static int width(Session session) {
        Terminal terminal = session.getTerminal();
        return terminal == null ? 0 : terminal.getWidth();
    }

    /** With help of our own, for Karaf's is red also where no terminal is. */
    private static CommandException failure(String message) {
        return new CommandException(SwarmCommand.ASIDE + "Error: " + message, message);
    }

    @Override
    public String getScope() {
        return Lines.SCOPE;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getDescription() {
        return description;
    }

    @Override
    public Completer getCompleter(boolean scoped) {
        return new Completions(maker.get(), parts, scoped);
    }

    @Override
    public @Nullable Parser getParser() {
        return null;
    }
}
