package io.skep.stack.compose.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The lines of an env_file, as docker stack reads them: {@code NAME=value} taken as it stands, {@code NAME} from the variables, lines that begin with # left
 * out.
 */
public final class EnvFile {
    private EnvFile() {}

    /**
     * One line that counts.
     *
     * @param number from 1
     * @param column where it begins, from 1
     * @param name of the variable
     * @param value what it is set to; quotes stay
     */
    public record Line(int number, int column, String name, String value) {
        /** True for a name that can stand before an equals sign. */
        public boolean wellFormed() {
            return !name.isEmpty() && name.chars().noneMatch(Character::isWhitespace);
        }

        /** True for a value in quotes, which are kept though their author hardly wants them. */
        public boolean quoted() {
            return value.length() > 1
                    && ((value.startsWith("\"") && value.endsWith("\""))
                            || (value.startsWith("'") && value.endsWith("'")));
        }
    }

    /** The lines that set something. */
    public static List<Line> parse(String text, Map<String, String> variables) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String raw :
                (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList()) {
            number++;
            String line = raw.stripLeading();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int column = raw.length() - line.length() + 1;
            int equals = line.indexOf('=');
            if (equals >= 0) {
                lines.add(new Line(number, column, line.substring(0, equals), line.substring(equals + 1)));
            } else if (variables.containsKey(line.strip())) {
                lines.add(new Line(number, column, line.strip(), variables.getOrDefault(line.strip(), "")));
            }
        }
        return lines;
    }
}
