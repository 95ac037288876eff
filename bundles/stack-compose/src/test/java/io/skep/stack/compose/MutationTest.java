package io.skep.stack.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.stack.ParsedStack;
import io.skep.api.stack.ParsedStack.Finding;
import io.skep.api.stack.ParsedStack.Severity;
import io.skep.api.stack.StackSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to a valid file, the parser answers with findings at places of the file, and in bounded time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MutationTest {
    private static final int ROUNDS = 1_000;
    private static final Duration QUICK = Duration.ofSeconds(60);
    private static final String[] SCRAPS = {
        "&a ",
        "*a",
        "<<: *a",
        "- ",
        ": ",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        "|",
        ">",
        "#",
        "${",
        "${A:-",
        "}",
        "$",
        "!!binary ",
        "!x ",
        "? ",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "\t",
        "\n",
        "\u0000",
        "\uFEFF",
        "\uD800",
        "~",
        "null",
        "true",
        "0x",
        "1e999",
        "99999999999999999999",
        "-1",
        "\u2028",
        "x-",
        "services:",
        "  ",
        "@",
        "`",
        "%",
        ",",
        "!!int x",
        "!!float y",
        "!!set {a}",
        "0b",
        "0o9",
        "+.inf",
        "1:2:3"
    };

    private final List<String> seeds = new ArrayList<>();

    @BeforeAll
    void collect() throws IOException {
        Path tables = Path.of(System.getProperty("basedir", ""), "src/test/resources/tables");
        try (Stream<Path> files = Files.list(tables)) {
            for (Path file : files.sorted().toList()) {
                for (String scenario : Files.readString(file).split("(?m)^=== .*$", -1)) {
                    seeds.add(scenario.replaceFirst("(?ms)^==>.*", ""));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void neverThrows(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String text = seeds.get(random.nextInt(seeds.size()));
            int changes = 1 + random.nextInt(5);
            for (int change = 0; change < changes; change++) {
                text = mutate(text, random);
            }
            check("seed " + seed + ", round " + round, text);
        }
    }

    @Test
    void staysQuickWhateverTheSize() {
        long start = System.nanoTime();
        check("deep", "[".repeat(100_000));
        check("deep mapping", "{a: ".repeat(100_000));
        check("unknown keys", "services: {web: {" + keys("k%d: v, ", 10_000) + "}}");
        check("merges", "a: &a {" + keys("k%d: v, ", 5_000) + "}\nb: [" + "{<<: *a}, ".repeat(10_000) + "]");
        check("merge lists", "a: &a {" + keys("k%d: v, ", 5_000) + "}\nb: {<<: [" + "*a, ".repeat(10_000) + "]}");
        check("variables", "services: {web: {image: \"" + "${A:-".repeat(100_000) + "\"}}");
        check("ports", "services: {web: {ports: [\"" + "1".repeat(500_000) + "\"]}}");
        check("number", "services: {web: {user: " + "1".repeat(500_000) + "}}");
        check(
                "networks",
                "services: {web: {networks: [" + keys("k%d, ", 10_000) + "]}}\nnetworks: {" + keys("n%d: , ", 10_000)
                        + "}");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(QUICK);
    }

    private static String keys(String form, int count) {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < count; i++) {
            keys.append(form.replace("%d", Integer.toString(i)));
        }
        return keys.toString();
    }

    private static void check(String name, String text) {
        StackSource plain = StackText.source(text);
        ParsedStack parsed =
                new ComposeParser().parse(new StackSource("demo", plain.files(), Map.of("A", "a"), plain.reader()));
        boolean failed = parsed.findings().stream().anyMatch(finding -> finding.severity() == Severity.ERROR);

        assertThat(parsed.stack().isEmpty()).as(name).isEqualTo(failed);
        for (Finding finding : parsed.findings()) {
            assertThat(finding.line()).as("%s: %s", name, finding).isPositive();
            assertThat(finding.column()).as("%s: %s", name, finding).isPositive();
            assertThat(finding.message().lines()).as("%s: %s", name, finding).hasSize(1);
        }
    }

    private String mutate(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + 1 + random.nextInt(12));
        return switch (random.nextInt(6)) {
            case 0 -> text.substring(0, at) + text.substring(end);
            case 1 -> text.substring(0, at) + SCRAPS[random.nextInt(SCRAPS.length)] + text.substring(at);
            case 2 -> text.substring(0, at) + (char) random.nextInt(256) + text.substring(at);
            case 3 -> text.substring(0, end) + text.substring(at);
            case 4 -> text.substring(0, at) + SCRAPS[random.nextInt(SCRAPS.length)] + text.substring(end);
            default -> {
                String other = seeds.get(random.nextInt(seeds.size()));
                yield text.substring(0, at) + other.substring(random.nextInt(other.length() + 1));
            }
        };
    }
}
