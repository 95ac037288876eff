package io.skep.manager;

import io.skep.api.dispatch.LogWire;
import io.skep.api.runtime.LogLine;
import io.skep.api.transport.Access;
import io.skep.api.transport.Transport;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/** A node that lets its logs be read as a test says, answer by answer; without a further answer it keeps who asks waiting. */
final class ScriptedLogs {
    private final Deque<CompletionStage<byte[]>> answers = new ArrayDeque<>();
    private final List<LogWire.Read> asked = new CopyOnWriteArrayList<>();
    private final List<String> closed = new CopyOnWriteArrayList<>();
    private final BlockingQueue<LogWire.Read> waiting = new LinkedBlockingQueue<>();
    private final List<Transport.Registration> subjects;

    ScriptedLogs(Transport transport) {
        subjects = List.of(
                transport.serve(
                        LogWire.READ, Access.MANAGERS, (peer, body) -> read(Codec.fromBytes(body, LogWire.Read.class))),
                transport.serve(
                        LogWire.CLOSE,
                        Access.MANAGERS,
                        (peer, body) -> close(Codec.fromBytes(body, LogWire.Close.class))));
    }

    private CompletionStage<byte[]> read(LogWire.Read read) {
        asked.add(read);
        if (answers.isEmpty()) {
            waiting.add(read);
            return new CompletableFuture<>();
        }
        return answers.remove();
    }

    private CompletionStage<byte[]> close(LogWire.Close close) {
        closed.add(close.readingId());
        return CompletableFuture.completedFuture(Codec.toBytes(true));
    }

    /** One more answer. */
    ScriptedLogs says(boolean end, String... texts) {
        List<LogLine> lines = Stream.of(texts).map(ScriptedLogs::line).toList();
        answers.add(CompletableFuture.completedFuture(Codec.toBytes(new LogWire.Lines(lines, end))));
        return this;
    }

    /** One more answer, a failure. */
    void fails(SkepException why) {
        answers.add(CompletableFuture.failedFuture(why));
    }

    static LogLine line(String text) {
        return new LogLine(Samples.NOW, LogLine.Stream.STDERR, text);
    }

    /** All requests so far. */
    List<LogWire.Read> asked() {
        return asked;
    }

    /** The readings that were closed. */
    List<String> closed() {
        return closed;
    }

    /** Waits for the request that is kept waiting. */
    LogWire.Read kept() throws InterruptedException {
        return waiting.take();
    }

    void stop() {
        subjects.forEach(Transport.Registration::close);
    }
}
