package io.skep.cluster.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RegistersTest {
    private static Operation<Register.Call, String> operation(String line) {
        String[] words = line.split("[ -]", -1);
        int client = Integer.parseInt(words[0]);
        boolean reads = words[2].equals("read");
        // the value of a register that nobody wrote is between two of the separators
        boolean bare = words.length == 7;
        String value = bare ? "" : words[3];
        long from = Long.parseLong(words[words.length - 2]);
        String to = words[words.length - 1];
        Register.Call call = reads ? Register.READ : Register.write(value);
        return to.equals("?")
                ? Operation.unknown(client, words[1], call, from)
                : Operation.answered(client, words[1], call, value, from, Long.parseLong(to));
    }

    private static String text() throws IOException {
        try (InputStream file = Objects.requireNonNull(RegistersTest.class.getResourceAsStream("registers.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @TestFactory
    List<DynamicTest> historiesAreJudged() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String block : text().strip().split("\n\n", -1)) {
            List<String> lines = block.lines().toList();
            if (!block.startsWith("#")) {
                tests.add(DynamicTest.dynamicTest(
                        lines.get(0), () -> judge(lines.get(0), lines.subList(1, lines.size()))));
            }
        }
        return tests;
    }

    private static void judge(String title, List<String> lines) {
        List<Operation<Register.Call, String>> history =
                lines.stream().map(RegistersTest::operation).toList();
        assertThat(Linearizability.violations(new Register(), history).isEmpty())
                .isEqualTo(title.startsWith("right"));
    }

    @Test
    void theViolationIsExplained() {
        List<Operation<Register.Call, String>> history =
                List.of(operation("1 x write a 0-1"), operation("1 x write b 2-?"), operation("2 x read - 3-4"));
        assertThat(Linearizability.violations(new Register(), history))
                .containsExactly("x: nothing explains [3 to 4] client 2: read -> ; before it, it could be [b, a]");
    }
}
