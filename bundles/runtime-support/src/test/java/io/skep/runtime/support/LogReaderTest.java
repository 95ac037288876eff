package io.skep.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.runtime.LogLine;
import io.skep.api.runtime.LogQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
    private static final LogQuery FOLLOW = new LogQuery(OptionalInt.empty(), Optional.empty(), true);

    @TempDir
    Path dir = Path.of("");

    private void write(int number, String... lines) throws IOException {
        Files.writeString(
                new LogDirectory(dir).file(number),
                String.join("", lines),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static String out(int second, String tag, String text) {
        return String.format("2026-01-01T00:00:%02d.000000001+00:00 stdout %s %s%n", second, tag, text);
    }

    private List<String> read(LogQuery query, LogReader.Follow follow) {
        List<String> lines = new ArrayList<>();
        new LogReader(new LogDirectory(dir)).read(query, follow, line -> lines.add(line.text()));
        return lines;
    }

    private List<String> read(LogQuery query) {
        return read(query, () -> false);
    }

    @Test
    void readsFilesInTheOrderOfTheirNumbers() throws IOException {
        write(2, out(2, "F", "b"));
        write(10, out(3, "F", "c"));
        write(1, out(1, "F", "a"));
        write(11);
        Files.writeString(dir.resolve("current"), "not a numbered file\n");
        assertThat(read(LogQuery.ALL)).containsExactly("a", "b", "c");
    }

    @Test
    void joinsPiecesOverTheBordersOfFiles() throws IOException {
        write(1, out(1, "P", "be"));
        write(2, out(2, "F", "es"), out(2, "P", "hi"));
        assertThat(read(LogQuery.ALL)).containsExactly("bees", "hi");
    }

    @Test
    void tellsTimeAndStream() throws IOException {
        write(1, "2026-01-01T01:00:00.5+01:00 stderr F oops\n");
        List<LogLine> lines = new ArrayList<>();
        new LogReader(new LogDirectory(dir)).read(LogQuery.ALL, () -> false, lines::add);
        assertThat(lines)
                .containsExactly(new LogLine(Instant.parse("2026-01-01T00:00:00.500Z"), LogLine.Stream.STDERR, "oops"));
    }

    @Test
    void skipsWhatACrashCutOff() throws IOException {
        write(1, out(1, "F", "a"), "2026-01-0\n", "2026 stdout F x\n", "\n", out(2, "F", "b"), "2026-01-01T00:00:03");
        assertThat(read(LogQuery.ALL)).containsExactly("a", "b");
    }

    @Test
    void aLineWithoutAnEndIsHandedOnInParts() throws IOException {
        String piece = "x".repeat(8192);
        for (int i = 0; i < 9; i++) {
            write(1, out(1, "P", piece));
        }
        assertThat(read(LogQuery.ALL)).extracting(String::length).containsExactly(64 << 10, 8192);
    }

    @Test
    void tailCountsAfterSince() throws IOException {
        write(1, out(1, "F", "a"), out(2, "F", "b"), out(3, "F", "c"));
        Optional<Instant> second = Optional.of(Instant.parse("2026-01-01T00:00:02Z"));
        assertThat(read(new LogQuery(OptionalInt.of(5), second, false))).containsExactly("b", "c");
        assertThat(read(new LogQuery(OptionalInt.of(1), Optional.empty(), false)))
                .containsExactly("c");
    }

    @Test
    void followsOverARotation() throws IOException {
        write(1, out(1, "F", "a"));
        int[] events = {0};
        List<String> lines = read(FOLLOW, () -> {
            try {
                events[0]++;
                if (events[0] == 1) {
                    write(1, out(2, "F", "b"));
                    write(2, out(3, "F", "c"));
                } else {
                    Files.delete(new LogDirectory(dir).file(1));
                    write(2, out(4, "F", "d"));
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return events[0] < 2;
        });
        assertThat(lines).containsExactly("a", "b", "c", "d");
    }

    @Test
    void aDirectoryThatIsGoneIsEmpty() throws IOException {
        Files.delete(dir);
        assertThat(read(LogQuery.ALL)).isEmpty();
        Files.createDirectory(dir);
    }
}
