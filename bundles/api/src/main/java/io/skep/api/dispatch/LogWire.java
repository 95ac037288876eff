package io.skep.api.dispatch;

import io.skep.api.runtime.LogLine;
import io.skep.api.runtime.LogQuery;
import java.util.List;

/**
 * How a manager reads what a task of a node printed, each message in {@link io.skep.model.codec.Codec} bytes under a subject of the transport: {@link Read},
 * one after the other, until the answer says that it is the end. Served by nodes, for managers. A node reads ahead by one answer at most. Who is silent for
 * {@value #IDLE_SECONDS} s has given up, and the reading is closed.
 */
public final class LogWire {
    /** {@link Read}, answered by {@link Lines} as soon as there are some, or within some seconds. */
    public static final String READ = "task.logs";

    /** {@link Close}, answered at once. */
    public static final String CLOSE = "task.logs.close";

    /** The most text in one answer, in characters of UTF-16, of which each takes three bytes at most. */
    public static final int ANSWER_CHARS = 128 << 10;

    /** How long a node waits for the next request of a reading, in seconds. */
    public static final int IDLE_SECONDS = 60;

    private LogWire() {}

    /**
     * Asks for the next lines of a reading, which the first of these begins. Fails as {@link io.skep.api.runtime.ContainerRuntime#logs} does, but for a task of
     * which the node has no container: that has printed nothing. {@code WRONG_STATE} when the node has given the reading up: begin another. {@code EXHAUSTED}
     * when too many are under way.
     *
     * @param readingId new for each reading, chosen by the manager
     * @param number how many answers of this reading came before; 0 begins it
     * @param taskId the task
     * @param query which lines; the same in each request of a reading
     */
    public record Read(String readingId, long number, String taskId, LogQuery query) {}

    /**
     * What was printed next.
     *
     * @param lines at most {@link #ANSWER_CHARS} of text; a line that is longer comes in parts. Empty when there was none for some seconds
     * @param end true when no more will come, and the reading is closed
     */
    public record Lines(List<LogLine> lines, boolean end) {
        public Lines {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Ends a reading whose rest nobody wants. Idempotent.
     *
     * @param readingId the reading
     */
    public record Close(String readingId) {}
}
