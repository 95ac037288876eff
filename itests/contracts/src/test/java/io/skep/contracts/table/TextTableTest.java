package io.skep.contracts.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

class TextTableTest {
    /** Adds numbers to what it added before. */
    private static final class Sum implements UnaryOperator<String> {
        private int sum;

        @Override
        public String apply(String input) {
            sum += Arrays.stream(input.split("\\s+"))
                    .mapToInt(Integer::parseInt)
                    .sum();
            return sum + "\n";
        }
    }

    @TestFactory
    Stream<DynamicTest> adds() {
        return TextTable.scenarios("tables/adding.txt", Sum::new);
    }

    @Test
    @DisabledIfSystemProperty(named = TextTable.REWRITE, matches = "true", disabledReason = "would spoil the table")
    void aWrongExpectationFails() {
        DynamicTest last =
                TextTable.of("tables/adding.txt", input -> "7").findFirst().orElseThrow();
        assertThatThrownBy(() -> last.getExecutable().execute())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("adding.txt:3: a scenario adds up, step 1");
    }

    @Test
    void rewritingKeepsRemarksAndInput() {
        TableFile table = TableFile.parse("# remark\n\n=== a\nin\n==>\nold\n<==\nmore\n\n==>\n\n=== b\n==>\n");
        assertThat(table.rewritten(List.of(List.of("new\n\n", "x"), List.of(""))))
                .isEqualTo("# remark\n\n=== a\nin\n==>\nnew\n<==\nmore\n==>\nx\n\n=== b\n==>\n");
    }

    @Test
    void refusesWhatIsNoTable() {
        assertThatThrownBy(() -> TableFile.parse("text")).hasMessageContaining("no scenario");
        assertThatThrownBy(() -> TableFile.parse("\n=== a\nin")).hasMessageContaining("line 2: \"a\" lacks");
        assertThatThrownBy(() -> TableFile.parse("=== a\n==>\n=== a\n==>\n")).hasMessageContaining("a second scenario");
        TableFile table = TableFile.parse("=== a\n==>\n");
        assertThatThrownBy(() -> table.rewritten(List.of(List.of("=== b")))).hasMessageContaining("taken for a mark");
        assertThat(table.scenarios()).hasSize(1);
    }
}
