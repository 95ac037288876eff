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
            boolean more = query.follow();
            boolean wanted = readPresent(cursor, query, sink);
            while (wanted && more) {
                more = follow.awaitMore();
                wanted = pass(cursor, query, !more, sink);
            }
        } catch (IOException e) {
            throw new SkepException(
                    ErrorCode.FAILED, "the logs in " + directory.path() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean readPresent(LogCursor cursor, LogQuery query, LogSink sink) throws IOException {
        if (query.tail().isEmpty()) {
            return pass(cursor, query, !query.follow(), sink);
        }
        int tail = query.tail().getAsInt();
        ArrayDeque<LogLine> last = new ArrayDeque<>();
        pass(cursor, query, !query.follow(), line -> {
            last.add(line);
            if (last.size() > tail) {
                last.remove();
            }
            return true;
        });
        return last.stream().allMatch(sink::accept);
    }

    /**
     * Hands on what is there now; false when the sink wants no more.
     *
     * @param end nothing will be read after this, so that unfinished lines count
     */
    private static boolean pass(LogCursor cursor, LogQuery query, boolean end, LogSink sink) throws IOException {
        for (Optional<LogLine> line = cursor.next(); line.isPresent(); line = cursor.next()) {
            if (!hand(line.get(), query, sink)) {
                return false;
            }
        }
        return !end || cursor.rest().stream().allMatch(line -> hand(line, query, sink));
    }

    private static boolean hand(LogLine line, LogQuery query, LogSink sink) {
        boolean old =
                query.since().isPresent() && line.at().isBefore(query.since().get());
        return old || sink.accept(line);
    }
}
