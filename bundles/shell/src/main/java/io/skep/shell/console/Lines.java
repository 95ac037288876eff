package io.skep.shell.console;

import io.skep.shell.ListCommand;
import io.skep.shell.SwarmCommand;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is typed after a command's name, read as docker's client reads it: options may stand anywhere, {@code --} ends them. */
final class Lines {
    /** The scope of all commands in Karaf's shell. */
    static final String SCOPE = "swarm";

    private static final int WIDTH = 100;
    private static final int NARROWEST = 80;
    private static final int NAMES = 52;

    private Lines() {}

    /** The reader of a command's line; what it reads goes into the command's fields. */
    static CommandLine of(SwarmCommand command) {
        CommandLine line = new CommandLine(command);
        CommandSpec spec = line.getCommandSpec();
        spec.name(SCOPE + ":" + spec.name());
        spec.addOption(OptionSpec.builder("--help")
                .usageHelp(true)
                .description("Show this text")
                .build());
        spec.usageMessage()
                .abbreviateSynopsis(true)
                .synopsisHeading("Usage:  ")
                .descriptionHeading("%n")
                .parameterListHeading("%nArguments:%n")
                .optionListHeading("%nOptions:%n")
                .longOptionsMaxWidth(NAMES);
        if (command instanceof ListCommand<?> listing) {
            spec.usageMessage()
                    .footerHeading("%nKeys of --filter:%n  ")
                    .footer(String.join(", ", new TreeSet<>(listing.keys().keySet())));
        }
        return line.setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setOverwrittenOptionsAllowed(true)
                .setStopAtPositional(command.passesOn());
    }

    /** The help of a command, for a terminal of that width; zero when there is none. */
    static String help(CommandLine line, int width) {
        return line.setUsageHelpWidth(width == 0 ? WIDTH : Math.max(NARROWEST, width))
                .getUsageMessage(Help.Ansi.OFF)
                .stripTrailing();
    }

    /** What is wrong with a line, and what to do. */
    static String complaint(ParameterException e) {
        String fault = e instanceof UnmatchedArgumentException unmatched ? unmatched(unmatched) : e.getMessage();
        return fault + "; see " + e.getCommandLine().getCommandName() + " --help";
    }

    private static String unmatched(UnmatchedArgumentException e) {
        if (!e.isUnknownOption()) {
            return "Too many arguments: " + String.join(" ", e.getUnmatched());
        }
        List<String> similar = e.getSuggestions().stream().distinct().toList();
        return e.getMessage() + (similar.isEmpty() ? "" : "; did you mean " + String.join(" or ", similar) + "?");
    }
}
