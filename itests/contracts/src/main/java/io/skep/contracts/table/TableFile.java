package io.skep.contracts.table;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The text of a table, read and written.
 *
 * @param preamble everything before the first scenario, kept as it is
 * @param scenarios in the order of the file
 */
record TableFile(String preamble, List<Scenario> scenarios) {
    private static final String TITLE = "=== ";
    private static final String OUTPUT = "==>";
    private static final String INPUT = "<==";

    static TableFile parse(String text) {
        List<String> lines = text.lines().toList();
        List<Integer> titles = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(TITLE)) {
                titles.add(i);
            }
        }
        if (titles.isEmpty()) {
            throw new IllegalArgumentException("the table has no scenario: one starts with a line \"=== title\"");
        }
        List<Scenario> scenarios = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            int end = i + 1 < titles.size() ? titles.get(i + 1) : lines.size();
            scenarios.add(scenario(titles.get(i), lines.subList(titles.get(i), end)));
        }
        checkTitles(scenarios);
        return new TableFile(trim(lines.subList(0, titles.get(0))), scenarios);
    }

    /** The same table with what came out in place of what was expected. */
    String rewritten(List<List<String>> outputs) {
        StringBuilder text = new StringBuilder(preamble.isEmpty() ? "" : preamble + "\n\n");
        for (int i = 0; i < scenarios.size(); i++) {
            Scenario scenario = scenarios.get(i);
            text.append(TITLE).append(scenario.title()).append('\n');
            for (int step = 0; step < scenario.steps().size(); step++) {
                text.append(step == 0 ? "" : INPUT + "\n");
                appendBlock(text, scenario.steps().get(step).input());
                text.append(OUTPUT).append('\n');
                appendBlock(text, plain(outputs.get(i).get(step)));
            }
            text.append(i + 1 < scenarios.size() ? "\n" : "");
        }
        return text.toString();
    }

    /** A text without the blank lines around it and the blanks at the ends of its lines. */
    static String plain(String text) {
        return trim(text.lines().toList());
    }

    private static void appendBlock(StringBuilder text, String block) {
        for (String line : block.lines().toList()) {
            if (line.startsWith(TITLE) || line.equals(OUTPUT) || line.equals(INPUT)) {
                throw new IllegalArgumentException(
                        "this line of output would be taken for a mark of the table: " + line);
            }
            text.append(line).append('\n');
        }
    }

    private static Scenario scenario(int line, List<String> lines) {
        String title = lines.get(0).substring(TITLE.length()).strip();
        List<Scenario.Step> steps = new ArrayList<>();
        List<String> input = new ArrayList<>();
        List<String> output = new ArrayList<>();
        boolean expecting = false;
        for (String text : lines.subList(1, lines.size())) {
            if (text.equals(expecting ? INPUT : OUTPUT)) {
                if (expecting) {
                    steps.add(new Scenario.Step(trim(input), trim(output)));
                    input = new ArrayList<>();
                    output = new ArrayList<>();
                }
                expecting = !expecting;
            } else {
                (expecting ? output : input).add(text);
            }
        }
        if (!expecting) {
            throw new IllegalArgumentException("line " + (line + 1) + ": \"" + title + "\" lacks a line \"==>\"");
        }
        steps.add(new Scenario.Step(trim(input), trim(output)));
        return new Scenario(title, line + 1, List.copyOf(steps));
    }

    private static void checkTitles(List<Scenario> scenarios) {
        Set<String> seen = new LinkedHashSet<>();
        for (Scenario scenario : scenarios) {
            if (!seen.add(scenario.title())) {
                throw new IllegalArgumentException(
                        "line " + scenario.line() + ": a second scenario \"" + scenario.title() + "\"");
            }
        }
    }

    private static String trim(List<String> lines) {
        List<String> stripped = lines.stream().map(String::stripTrailing).toList();
        int from = 0;
        int to = stripped.size();
        while (from < to && stripped.get(from).isEmpty()) {
            from++;
        }
        while (to > from && stripped.get(to - 1).isEmpty()) {
            to--;
        }
        return String.join("\n", stripped.subList(from, to));
    }
}
