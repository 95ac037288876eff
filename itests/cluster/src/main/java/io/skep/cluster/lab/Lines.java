package io.skep.cluster.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The lines of a command that goes on printing, such as {@code swarm:event-watch}. */
public final class Lines implements AutoCloseable {
    private final Talk talk;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
    private volatile boolean ended;

    Lines(Talk talk) {
        this.talk = talk;
        Thread thread = new Thread(this::read, "lab-lines");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * The next line, which may be waited for; empty when patience ended.
     *
     * @throws IllegalStateException when the command has ended
     */
    public Optional<String> next(Duration patience) throws InterruptedException {
        Optional<String> line = lines.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (line == null) {
            return Optional.empty();
        }
        if (line.isEmpty()) {
            lines.add(line);
            throw new IllegalStateException("the command whose lines are read has ended");
        }
        return line;
    }

    /** The lines that have come and that nobody took, without waiting. */
    public List<String> soFar() {
        List<Optional<String>> taken = new ArrayList<>();
        lines.drainTo(taken);
        if (ended) {
            lines.add(Optional.empty());
        }
        return taken.stream().flatMap(Optional::stream).toList();
    }

    /** Whether the command has ended. */
    public boolean ended() {
        return ended;
    }

    private void read() {
        try {
            talk.read(this::add);
        } catch (IOException e) {
            add(("the node ended: " + e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
        } finally {
            ended = true;
            lines.add(Optional.empty());
        }
    }

    private void add(byte[] piece) {
        for (byte one : piece) {
            if (one == '\n') {
                lines.add(Optional.of(rest.toString(StandardCharsets.UTF_8)));
                rest.reset();
            } else {
                rest.write(one);
            }
        }
    }

    @Override
    public void close() {
        try {
            talk.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
