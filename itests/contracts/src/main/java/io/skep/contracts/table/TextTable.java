package io.skep.contracts.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Tests a pure piece by a file of input and expected output. A file under {@code src/test/resources} looks like this:
 *
 * <pre>
 * # anything before the first scenario is a remark
 * === the rule that this scenario shows
 * input, as many lines as it takes
 * ==&gt;
 * expected output
 * &lt;==
 * further input to the same scenario
 * ==&gt;
 * and what should come of it
 * </pre>
 *
 * <p>With {@code -Dskep.tables.rewrite=true} what comes out is written into the file as the new expectation, to be reviewed as a diff. Blank
 * lines around a block and blanks at the ends of lines do not count. Used as the answer of a method with {@code @TestFactory}:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> scales() {
 *     return TextTable.of("tables/scale.txt", input -> new Bench(input).run());
 * }
 * }</pre>
 *
 * <p>Idea: the data-driven tests of etcd's raft.
 */
public final class TextTable {
    /** The system property that makes tables write themselves. */
    public static final String REWRITE = "skep.tables.rewrite";

    private TextTable() {}

    /**
     * A test for each scenario of a file; steps are independent of each other.
     *
     * @param file under {@code src/test/resources}
     * @param run gives the output for an input; an exception fails the scenario
     */
    public static Stream<DynamicTest> of(String file, UnaryOperator<String> run) {
        return scenarios(file, () -> run);
    }

    /**
     * A test for each scenario of a file, the steps of one scenario sharing state.
     *
     * @param file under {@code src/test/resources}
     * @param start called at the beginning of each scenario for the function that all its steps go through in turn
     */
    public static Stream<DynamicTest> scenarios(String file, Supplier<? extends Function<String, String>> start) {
        Path path = Path.of(System.getProperty("basedir", ""), "src", "test", "resources", file)
                .toAbsolutePath();
        TableFile table = TableFile.parse(read(path));
        if (Boolean.getBoolean(REWRITE)) {
            return Stream.of(DynamicTest.dynamicTest("rewrite " + file, () -> rewrite(path, table, start)));
        }
        return table.scenarios().stream()
                .map(scenario -> DynamicTest.dynamicTest(
                        scenario.title(), path.toUri(), () -> check(file, scenario, start.get())));
    }

    private static void check(String file, Scenario scenario, Function<String, String> run) {
        int number = 0;
        for (Scenario.Step step : scenario.steps()) {
            number++;
            assertThat(TableFile.plain(run.apply(step.input())))
                    .as("%s:%d: %s, step %d", file, scenario.line(), scenario.title(), number)
                    .isEqualTo(step.expected());
        }
    }

    private static void rewrite(Path path, TableFile table, Supplier<? extends Function<String, String>> start)
            throws IOException {
        List<List<String>> outputs = new ArrayList<>();
        for (Scenario scenario : table.scenarios()) {
            Function<String, String> run = start.get();
            outputs.add(scenario.steps().stream()
                    .map(step -> run.apply(step.input()))
                    .toList());
        }
        Files.writeString(path, table.rewritten(outputs));
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException cause) {
            throw new UncheckedIOException(
                    "the table " + path + " cannot be read; it belongs under src/test/resources", cause);
        }
    }
}
