package io.skep.cluster.lab;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words as one line of the node's shell, which reads quotes, dollars and backslashes much as bash does. */
final class CommandLine {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

    private CommandLine() {}

    /** The line; a single word is a line already. */
    static String of(String... words) {
        return words.length == 1
                ? words[0]
                : Arrays.stream(words).map(CommandLine::quote).collect(Collectors.joining(" "));
    }

    private static String quote(String word) {
        return PLAIN.matcher(word).matches() ? word : '"' + word.replaceAll("([\\\\\"'$])", "\\\\$1") + '"';
    }
}
