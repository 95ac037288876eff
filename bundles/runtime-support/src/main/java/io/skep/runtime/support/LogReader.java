package io.skep.runtime.support;

import io.skep.api.runtime.LogLine;
import io.skep.api.runtime.LogQuery;
import io.skep.api.runtime.LogSink;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;

/** Answers a {@link LogQuery} from the files in a {@link LogDirectory}. */
public final class LogReader {
    private final LogDirectory directory;

    public LogReader(LogDirectory directory) {
        this.directory = directory;
    }

    /** Tells a reader when to look again. */
    @FunctionalInterface
    public interface Follow {
        /** Blocks until more may be there; false when nothing will come after what is there by now. */
        boolean awaitMore();
    }

    /** Reads; see {@link io.skep.api.runtime.ContainerRuntime#logs}. {@code follow} is used only if the query asks for it. */
    public void read(LogQuery query, Follow follow, LogSink sink) {
        try (LogCursor cursor = new LogCursor(directory)) {
            boolean wanted = readPresent(cursor, query, sink);
            boolean more = query.follow();
            while (wanted && more) {
                more = follow.awaitMore();
                wanted = pass(cursor, query, sink);
            }
        } catch (IOException e) {
            throw new SkepException(
                    ErrorCode.FAILED, "the logs in " + directory.path() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean readPresent(LogCursor cursor, LogQuery query, LogSink sink) throws IOException {
        if (query.tail().isEmpty()) {
            return pass(cursor, query, sink);
        }
        int tail = query.tail().getAsInt();
        ArrayDeque<LogLine> last = new ArrayDeque<>();
        pass(cursor, query, line -> {
            last.add(line);
            if (last.size() > tail) {
                last.remove();
            }
            return true;
        });
        return last.stream().allMatch(sink::accept);
    }

    /** Hands on what is there now; false when the sink wants no more. */
    private static boolean pass(LogCursor cursor, LogQuery query, LogSink sink) throws IOException {
        for (Optional<LogLine> line = cursor.next(); line.isPresent(); line = cursor.next()) {
            boolean old = query.since().isPresent()
                    && line.get().at().isBefore(query.since().get());
            if (!old && !sink.accept(line.get())) {
                return false;
            }
        }
        return true;
    }
}
