package io.skep.agent.logs;

import io.skep.api.dispatch.LogWire;
import io.skep.api.runtime.LogLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/** The lines that were read and that nobody has taken yet, as many as go into one answer. One thread puts and waits for room, another takes. */
final class Ahead {
    /** What a line takes in an answer beside its text, about. */
    private static final int FRAME = 64;

    private final Queue<LogLine> lines = new ConcurrentLinkedQueue<>();
    private final Semaphore room = new Semaphore(LogWire.ANSWER_CHARS);

    /** Adds a line of at most {@link LogWire#ANSWER_CHARS}, once there is room. */
    void put(LogLine line) throws InterruptedException {
        room.acquire(cost(line));
        lines.add(line);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** What is there. */
    List<LogLine> take() {
        List<LogLine> taken = new ArrayList<>();
        for (LogLine line = lines.poll(); line != null; line = lines.poll()) {
            taken.add(line);
        }
        room.release(taken.stream().mapToInt(Ahead::cost).sum());
        return taken;
    }

    private static int cost(LogLine line) {
        return Math.min(line.text().length() + FRAME, LogWire.ANSWER_CHARS);
    }

    /** The line itself, or parts of it that are short enough. */
    static List<LogLine> parts(LogLine line) {
        String text = line.text();
        List<LogLine> parts = new ArrayList<>();
        int from = 0;
        while (text.length() - from > LogWire.ANSWER_CHARS) {
            int to = from + LogWire.ANSWER_CHARS;
            // A character outside of the first plane is two, which only mean something together.
            to -= Character.isHighSurrogate(text.charAt(to - 1)) ? 1 : 0;
            parts.add(new LogLine(line.at(), line.stream(), text.substring(from, to)));
            from = to;
        }
        parts.add(from == 0 ? line : new LogLine(line.at(), line.stream(), text.substring(from)));
        return parts;
    }
}
