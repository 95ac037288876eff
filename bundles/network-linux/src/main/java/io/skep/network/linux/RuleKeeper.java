package io.skep.network.linux;

import io.skep.api.kernel.Effects;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the node's rules stated again when somebody else has removed them, such as a restart of the host's firewall. */
final class RuleKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RuleKeeper.class);

    /** Who removes one table often removes more. */
    private static final Duration QUIET = Duration.ofMillis(200);

    /** A watch says nothing when it is ready; what went before is seen by a look after this time. */
    private static final Duration READY = Duration.ofSeconds(1);

    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Scope scope;
    private final Effects effects;
    private final HostCommands commands;
    private final Set<String> tables;
    private final AtomicBoolean begun = new AtomicBoolean();
    private Callable<Boolean> restore = () -> false;
    private volatile @Nullable TableWatch tableWatch;
    private boolean due;
    private String complaint = "";

    RuleKeeper(EventLoop loop, Effects effects, HostCommands commands, Names names) {
        this.scope = loop.open("network-linux");
        this.effects = effects;
        this.commands = commands;
        this.tables = Set.of(names.networksTable(), names.routesTable(), names.overlaysTable());
    }

    /**
     * From now on there is something to keep: only the first call counts. Non-blocking, any thread.
     *
     * @param restoration states again what is missing, and answers whether anything was; blocks
     */
    void begin(Callable<Boolean> restoration) {
        if (begun.compareAndSet(false, true)) {
            post(() -> {
                restore = restoration;
                watch();
            });
        }
    }

    private void watch() {
        TableWatch next = new TableWatch(commands, tables, new Told());
        tableWatch = next;
        if (!scope.closed()) {
            next.start();
            lookAfter(READY);
        }
    }

    /** Hands over from the watch's thread. */
    private final class Told implements TableWatch.Listener {
        @Override
        public void removed(String words) {
            LOG.debug("nft says: {}", words);
            post(() -> lookAfter(QUIET));
        }

        @Override
        public void ended() {
            post(() -> scope.after(AGAIN, RuleKeeper.this::watch));
        }
    }

    private void post(Runnable event) {
        try {
            scope.execute(event);
        } catch (SkepException closed) {
            LOG.debug("The driver is stopping: {}", closed.getMessage());
        }
    }

    private void lookAfter(Duration delay) {
        if (!due) {
            due = true;
            scope.after(delay, this::look);
        }
    }

    private void look() {
        // What is removed from here on may be missed by this look and leads to another.
        due = false;
        effects.run(scope, restore).whenComplete(this::looked);
    }

    private void looked(@Nullable Boolean restored, @Nullable Throwable failure) {
        if (scope.closed()) {
            return;
        }
        if (Boolean.TRUE.equals(restored)) {
            LOG.warn("Somebody has removed nftables rules of this node; they are stated again");
        }
        String words = failure == null ? "" : String.valueOf(failure.getMessage());
        if (!words.isEmpty()) {
            lookAfter(AGAIN);
        }
        if (!words.equals(complaint) && !words.isEmpty()) {
            LOG.error("Rules that somebody has removed cannot be stated again: {}", words);
        }
        complaint = words;
    }

    @Override
    public void close() {
        scope.close();
        TableWatch last = tableWatch;
        if (last != null) {
            last.close();
        }
    }
}
