package io.skep.contracts.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.stack.ParsedStack;
import io.skep.api.stack.ParsedStack.Finding;
import io.skep.api.stack.ParsedStack.Severity;
import io.skep.api.stack.StackParser;
import io.skep.api.stack.StackSource;
import io.skep.api.stack.StackSource.File;
import io.skep.api.stack.StackSpec;
import io.skep.model.ErrorCode;
import io.skep.model.NetworkSpec;
import io.skep.model.ServiceSpec;
import io.skep.model.SkepException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every {@link StackParser} must do, whatever the language of its files; each implementation's test extends it and brings files in that language.
 */
public abstract class StackParserContract {
    private static final String PATH = "/srv/stack.file";

    /** A parser as the framework would make it: a new one at each call. */
    protected abstract StackParser parser();

    /** A file without a fault: two services at least, one of them with a published port and on a network of its own. */
    protected abstract String valid();

    /** A file that makes use of this variable without a default, and is valid once it is {@code set}. */
    protected abstract String asksFor(String variable);

    /** A file that needs this other file. */
    protected abstract String reads(String file);

    /** A file with two mistakes on different lines. */
    protected abstract String broken();

    @Test
    protected void prefixesEveryName() {
        StackSpec stack = stack(valid());

        assertThat(stack.name()).isEqualTo("demo");
        assertThat(stack.services())
                .extracting(ServiceSpec::name)
                .hasSizeGreaterThan(1)
                .allMatch(this::isPrefixed);
        assertThat(stack.networks()).extracting(NetworkSpec::name).isNotEmpty().allMatch(this::isPrefixed);
    }

    @Test
    protected void labelsEverything() {
        StackSpec stack = stack(valid());

        assertThat(stack.networks())
                .allSatisfy(network -> assertThat(network.labels()).containsEntry(StackSpec.LABEL, "demo"));
        assertThat(stack.services()).allSatisfy(service -> {
            assertThat(service.labels()).containsEntry(StackSpec.LABEL, "demo");
            assertThat(service.taskTemplate().containerSpec().labels()).containsEntry(StackSpec.LABEL, "demo");
        });
    }

    @Test
    protected void joinsServicesToNetworksUnderTheirShortNames() {
        for (ServiceSpec service : stack(valid()).services()) {
            String shortName = service.name().substring("demo_".length());
            assertThat(service.taskTemplate().networks())
                    .as(service.name())
                    .isNotEmpty()
                    .allSatisfy(network -> assertThat(network.aliases()).contains(shortName));
        }
    }

    @Test
    protected void answersTheSameTwice() {
        StackParser parser = parser();
        ParsedStack first = parser.parse(source(valid()));

        assertThat(parser.parse(source(valid()))).isEqualTo(first);
        assertThat(parser().parse(source(valid()))).as("another parser").isEqualTo(first);
        assertThat(parser.parse(source(broken()))).isEqualTo(parser().parse(source(broken())));
    }

    @Test
    protected void findsEveryMistakeAtItsPlace() {
        ParsedStack parsed = parser().parse(source(broken()));

        assertThat(parsed.stack()).isEmpty();
        assertThat(parsed.findings())
                .extracting(Finding::line)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(1);
        assertThat(parsed.findings()).isSortedAccordingTo((a, b) -> Integer.compare(a.line(), b.line()));
        assertSound(parsed, broken());
    }

    @Test
    protected void replacesVariables() {
        String text = asksFor("HIVE");
        ParsedStack set = parser().parse(new StackSource("demo", files(text), Map.of("HIVE", "set"), nothing()));
        ParsedStack unset = parser().parse(source(text));

        assertThat(set.findings()).isEmpty();
        assertThat(set.stack()).isPresent();
        assertThat(unset.findings()).as("the variable is not set").isNotEmpty();
    }

    @Test
    protected void readsOtherFilesOnlyThroughTheSource() {
        List<String> asked = new ArrayList<>();
        ParsedStack parsed = parser().parse(new StackSource("demo", files(reads("other.file")), Map.of(), path -> {
            asked.add(path);
            return "";
        }));

        assertThat(parsed.stack()).isPresent();
        assertThat(asked).containsExactly("other.file");
    }

    @Test
    protected void tellsThatAnotherFileIsMissing() {
        ParsedStack parsed = parser().parse(source(reads("other.file")));

        assertThat(parsed.stack()).isEmpty();
        assertThat(parsed.findings())
                .anyMatch(finding -> finding.message().contains("other.file")
                        && finding.severity() == Severity.ERROR
                        && finding.path().equals(PATH));
    }

    @Test
    protected void neverThrowsForABadFile() {
        for (String text :
                List.of("", "\u0000", "{", "]", "\t\t", "- a\n-b", "a: *b", "\uFEFF", "x".repeat(3_000_000))) {
            ParsedStack parsed = parser().parse(source(text));

            assertThat(parsed.stack()).as("of \"%.20s\"", text).isEmpty();
            assertSound(parsed, text);
        }
    }

    @Test
    protected void refusesANameThatIsNone() {
        ParsedStack parsed = parser().parse(new StackSource("No Name", files(valid()), Map.of(), nothing()));

        assertThat(parsed.stack()).isEmpty();
        assertThat(parsed.findings()).anyMatch(finding -> finding.message().contains("No Name"));
    }

    @Test
    protected void needsAFile() {
        ParsedStack parsed = parser().parse(new StackSource("demo", List.of(), Map.of(), nothing()));

        assertThat(parsed.stack()).isEmpty();
        assertThat(parsed.findings()).isNotEmpty();
    }

    private StackSpec stack(String text) {
        ParsedStack parsed = parser().parse(source(text));
        assertThat(parsed.findings()).isEmpty();
        return parsed.stack().orElseThrow();
    }

    private boolean isPrefixed(String name) {
        return name.startsWith("demo_");
    }

    private static void assertSound(ParsedStack parsed, String text) {
        long lines = text.lines().count() + 1;
        assertThat(parsed.findings()).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.path()).isEqualTo(PATH);
            assertThat(finding.line()).isBetween(1, (int) lines);
            assertThat(finding.column()).isPositive();
            assertThat(finding.message()).isNotBlank();
        });
    }

    private static StackSource source(String text) {
        return new StackSource("demo", files(text), Map.of(), nothing());
    }

    private static List<File> files(String text) {
        return List.of(new File(PATH, text));
    }

    private static StackSource.FileReader nothing() {
        return path -> {
            throw new SkepException(ErrorCode.NOT_FOUND, "cannot read " + path + ": there is no such file");
        };
    }
}
