package io.skep.stack.compose.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Text with variables: {@code $NAME}, {@code ${NAME}}, and {@code -}, {@code ?} or {@code +} with a word that may hold variables itself; a colon before the
 * sign counts an empty variable as unset; {@code $$} is a dollar.
 *
 * @see <a href="https://docs.docker.com/reference/compose-file/interpolation/">Interpolation in Compose</a>
 */
public final class Template {
    private static final int DEEPEST = 32;
    private static final int LONGEST = 1 << 20;

    private final String text;
    private final Map<String, String> variables;
    private final List<String> unset;
    private final int depth;

    private Template(String text, Map<String, String> variables, List<String> unset, int depth) {
        this.text = text;
        this.variables = variables;
        this.unset = unset;
        this.depth = depth;
    }

    /**
     * What came of a template.
     *
     * @param text with the variables in it; the template itself after an error
     * @param unset names that were asked for without a default and are not set
     * @param error what is wrong with the template
     */
    public record Result(String text, List<String> unset, Optional<String> error) {}

    /** Puts variables into a text. */
    public static Result expand(String text, Map<String, String> variables) {
        List<String> unset = new ArrayList<>();
        try {
            return new Result(new Template(text, variables, unset, 0).run(), unset, Optional.empty());
        } catch (Malformed e) {
            return new Result(text, unset, Optional.of(e.reason));
        }
    }

    private String run() throws Malformed {
        check(depth < DEEPEST, "variables are nested too deeply; use fewer defaults within defaults");
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '$') {
                at = variable(at + 1, out);
            } else {
                out.append(c);
                at++;
            }
            check(out.length() <= LONGEST, "with its variables the text is longer than 1 MiB");
        }
        return out.toString();
    }

    /** Reads what follows a dollar; gives where the text goes on. */
    private int variable(int at, StringBuilder out) throws Malformed {
        if (text.startsWith("$", at)) {
            out.append('$');
            return at + 1;
        }
        if (text.startsWith("{", at)) {
            int end = closing(at + 1);
            out.append(braced(at + 1, end));
            return end + 1;
        }
        int end = nameEnd(at);
        check(end > at, "a $ must begin a variable such as ${NAME}; write $$ for the character itself");
        out.append(value(text.substring(at, end)));
        return end;
    }

    private String braced(int from, int to) throws Malformed {
        int end = Math.min(nameEnd(from), to);
        String name = text.substring(from, end);
        check(
                !name.isEmpty(),
                "\"${" + text.substring(from, to) + "}\" has no name of a variable; names are letters, digits and _");
        if (end == to) {
            return value(name);
        }
        boolean colon = text.charAt(end) == ':';
        int sign = colon ? end + 1 : end;
        check(
                sign < to && "-?+".indexOf(text.charAt(sign)) >= 0,
                "\"${" + text.substring(from, to) + "}\" cannot be read; forms are ${NAME}, ${NAME:-default}, "
                        + "${NAME:?message} and ${NAME:+other}");
        return conditional(name, colon, text.charAt(sign), text.substring(sign + 1, to));
    }

    private String conditional(String name, boolean colon, char sign, String word) throws Malformed {
        String value = variables.getOrDefault(name, "");
        boolean usable = colon ? !value.isEmpty() : variables.containsKey(name);
        if (sign == '+') {
            return usable ? nested(word) : "";
        }
        if (usable) {
            return value;
        }
        if (sign == '-') {
            return nested(word);
        }
        String message = nested(word);
        throw new Malformed("the variable " + name + " must be set" + (message.isEmpty() ? "" : ": " + message));
    }

    private String nested(String word) throws Malformed {
        return new Template(word, variables, unset, depth + 1).run();
    }

    private String value(String name) {
        String value = variables.get(name);
        if (value == null) {
            unset.add(name);
            return "";
        }
        return value;
    }

    private int closing(int from) throws Malformed {
        int open = 1;
        for (int i = from; i < text.length(); i++) {
            if (text.startsWith("${", i)) {
                open++;
            } else if (text.charAt(i) == '}' && --open == 0) {
                return i;
            }
        }
        throw new Malformed("\"${" + text.substring(from) + "\" has no closing brace; write $$ for a dollar as such");
    }

    private int nameEnd(int from) {
        int end = from;
        while (end < text.length() && isName(text.charAt(end), end == from)) {
            end++;
        }
        return end;
    }

    private static boolean isName(char c, boolean first) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (!first && c >= '0' && c <= '9');
    }

    private static void check(boolean holds, String reason) throws Malformed {
        if (!holds) {
            throw new Malformed(reason);
        }
    }

    /** Leaves the nested calls of one expansion. */
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        Malformed(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }
}
