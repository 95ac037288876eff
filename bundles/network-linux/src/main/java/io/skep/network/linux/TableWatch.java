package io.skep.network.linux;

import io.skep.model.SkepException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge to what the kernel tells of nftables: a program that prints each table that is removed, and the thread that starts and reads
 * it. The program ends with the thread, and so also when the virtual machine is killed.
 */
final class TableWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TableWatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** What nft prints when the kernel had more to tell than it could keep. */
    private static final String LOST = "# ERROR";

    private final HostCommands commands;
    private final Set<String> removals;
    private final Listener listener;
    private final Thread thread = new Thread(this::run, "skep-nft");
    private volatile @Nullable Process program;
    private volatile boolean closed;

    /** Is told on the watch's thread; returns quickly. */
    interface Listener {
        /**
         * One of the tables was removed, or may have been.
         *
         * @param words of nft
         */
        void removed(String words);

        /** The program has ended though nobody closed the watch. */
        void ended();
    }

    /** @param tables names of the family ip */
    TableWatch(HostCommands commands, Set<String> tables, Listener listener) {
        this.commands = commands;
        this.removals = tables.stream().map(table -> "delete table ip " + table).collect(Collectors.toSet());
        this.listener = listener;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            Process started = commands.begin("nft", "monitor", "destroy", "tables");
            program = started;
            if (closed) {
                started.destroyForcibly();
            }
            read(started);
        } catch (IOException | SkepException e) {
            LOG.debug("The removal of rules is not told of: {}", e.getMessage());
        }
        if (!closed) {
            listener.ended();
        }
    }

    private void read(Process started) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // Newer versions add the table's handle.
                if (line.startsWith(LOST) || removals.stream().anyMatch(line::startsWith)) {
                    listener.removed(line);
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        Process started = program;
        if (started != null) {
            started.destroyForcibly();
        }
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
