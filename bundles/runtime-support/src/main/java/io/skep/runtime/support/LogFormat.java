package io.skep.runtime.support;

import io.skep.api.runtime.LogLine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the lines of the Kubernetes container log format, {@code TIME STREAM TAG TEXT}. A line that was longer than the
 * writer's buffer comes in pieces tagged {@code P} and ends with one tagged {@code F}; the pieces are joined.
 */
final class LogFormat {
    /** A printed line longer than this is handed on in parts, as Docker does. */
    static final int MAX_LINE = 64 << 10;

    private static final int TIME = 0;
    private static final int STREAM = 1;
    private static final int TAG = 2;

    private final Map<LogLine.Stream, ByteArrayOutputStream> pieces = new EnumMap<>(LogLine.Stream.class);
    private final Map<LogLine.Stream, Instant> times = new EnumMap<>(LogLine.Stream.class);
    private String lastTime = "";
    private Instant lastInstant = Instant.EPOCH;

    /** The printed line that ends with this one of the file; empty after a piece, and for one that a crash cut off. */
    Optional<LogLine> parse(byte[] line) {
        int[] blanks = blanks(line);
        if (blanks[TAG] < 0) {
            return Optional.empty();
        }
        LogLine.Stream stream = text(line, blanks[TIME] + 1, blanks[STREAM]).equals("stderr")
                ? LogLine.Stream.STDERR
                : LogLine.Stream.STDOUT;
        Optional<Instant> at = time(text(line, 0, blanks[TIME]));
        if (at.isEmpty()) {
            return Optional.empty();
        }
        times.put(stream, at.get());
        ByteArrayOutputStream text = pieces.computeIfAbsent(stream, any -> new ByteArrayOutputStream());
        text.write(line, blanks[TAG] + 1, line.length - blanks[TAG] - 1);
        boolean whole = line[blanks[STREAM] + 1] == 'F';
        return whole || text.size() >= MAX_LINE ? Optional.of(join(stream, text)) : Optional.empty();
    }

    /** The lines that have begun but not ended, when no more will come. */
    List<LogLine> rest() {
        List<LogLine> begun = new ArrayList<>();
        pieces.forEach((stream, text) -> {
            if (text.size() > 0) {
                begun.add(join(stream, text));
            }
        });
        return begun;
    }

    private LogLine join(LogLine.Stream stream, ByteArrayOutputStream text) {
        String printed = text.toString(StandardCharsets.UTF_8);
        text.reset();
        return new LogLine(times.getOrDefault(stream, Instant.EPOCH), stream, printed);
    }

    private Optional<Instant> time(String text) {
        if (!text.equals(lastTime)) {
            try {
                lastInstant = OffsetDateTime.parse(text).toInstant();
                lastTime = text;
            } catch (DateTimeException cutOff) {
                return Optional.empty();
            }
        }
        return Optional.of(lastInstant);
    }

    private static int[] blanks(byte[] line) {
        int[] at = {-1, -1, -1};
        int found = 0;
        for (int i = 0; i < line.length && found < at.length; i++) {
            if (line[i] == ' ') {
                at[found++] = i;
            }
        }
        return at;
    }

    private static String text(byte[] line, int begin, int end) {
        return new String(line, begin, end - begin, StandardCharsets.UTF_8);
    }
}
