package io.skep.consensus.atomix;

import io.atomix.primitive.service.ServiceConfig;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.service.RaftServiceContext;
import io.atomix.protocols.raft.storage.snapshot.Snapshot;
import io.atomix.protocols.raft.storage.snapshot.SnapshotStore;
import io.atomix.protocols.raft.storage.snapshot.SnapshotWriter;
import io.atomix.utils.time.WallClockTimestamp;
import io.skep.consensus.support.DurableNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots straight to disk and drops the log behind them, in the form in which Atomix reads them. Atomix's own way
 * holds the whole snapshot in memory, waits ten seconds, drops the log even when the state could not be saved, and leaves on a
 * full disk what it had written by then; here a failure leaves everything as it was.
 *
 * <p>A snapshot of ours and one that the leader sends do not meet: for the same index they have the same file, of which Atomix deletes the second and
 * with it the first, and then it passes the next entry over without applying it.
 */
final class Compactor {
    private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);

    /** A snapshot that did not fit will not fit a moment later, and takes all that others had left. */
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(10);

    private final RaftNode node;
    private final RaftContext raft;
    private final Path directory;
    private final byte[] serviceConfig = Wire.service().serialize(new ServiceConfig());
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile long notBefore = System.nanoTime();
    private boolean writing;

    // on the Raft thread
    private boolean busy;
    private final List<CompletableFuture<@Nullable Void>> wanted = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();

    /**
     * What was written to disk and does not count yet.
     *
     * @param index of the state
     * @param snapshot empty when there is one of that index
     */
    private record Written(long index, Optional<Snapshot> snapshot) {}

    Compactor(RaftNode node, Path directory) {
        this.node = node;
        this.directory = directory;
        this.raft = node.raft();
    }

    /** Called on the state thread after a batch was applied: a full segment behind it is worth a snapshot. */
    void applied(long index) {
        if (raft.getLog().isCompactable(index)
                && System.nanoTime() - notBefore >= 0
                && underWay.compareAndSet(false, true)) {
            var unused = compact().whenComplete((done, failure) -> {
                if (failure != null) {
                    LOG.error("cannot take a snapshot; the log grows until one succeeds", failure);
                }
                underWay.set(false);
            });
        }
    }

    /** Whether it is this that asks the state machine for its state. On the state thread. */
    boolean writing() {
        return writing;
    }

    /** Takes a snapshot of what is applied now and drops the segments before it. */
    CompletableFuture<@Nullable Void> compact() {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        node.raftThread().execute(() -> {
            wanted.add(done);
            begin();
        });
        return done;
    }

    /** Has work done while no snapshot of ours is written. */
    <T> CompletableFuture<T> apart(Supplier<CompletableFuture<T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable doing = () -> RaftNode.pass(work.get(), result);
        node.raftThread().execute(() -> {
            if (busy) {
                held.add(doing);
            } else {
                doing.run();
            }
        });
        return result;
    }

    private void begin() {
        if (busy || wanted.isEmpty()) {
            return;
        }
        busy = true;
        List<CompletableFuture<@Nullable Void>> served = List.copyOf(wanted);
        wanted.clear();
        // Once more by way of the Raft thread: what was begun apart from this has been done then, and the index
        // applied is the one that the state thread has come to.
        node.raftThread().execute(() -> node.stateThread().execute(() -> {
            CompletableFuture<Written> written = new CompletableFuture<>();
            try {
                written.complete(write());
            } catch (RuntimeException | Error failure) {
                written.completeExceptionally(failure);
            }
            node.raftThread().execute(() -> end(written, served));
        }));
    }

    private void end(CompletableFuture<Written> written, List<CompletableFuture<@Nullable Void>> served) {
        CompletableFuture<@Nullable Void> ended = written.thenAccept(this::finish);
        busy = false;
        if (ended.isCompletedExceptionally()) {
            notBefore = System.nanoTime() + AFTER_A_FAILURE.toNanos();
        }
        served.forEach(done -> RaftNode.pass(ended, done));
        held.forEach(Runnable::run);
        held.clear();
        begin();
    }

    private void finish(Written written) {
        written.snapshot().ifPresent(this::complete);
        raft.getLog().compact(written.index());
    }

    private void complete(Snapshot snapshot) {
        try {
            snapshot.complete();
        } catch (RuntimeException failure) {
            discard(snapshot);
            throw failure;
        }
        DurableNames.force(directory);
    }

    private static void discard(Snapshot snapshot) {
        snapshot.close();
        snapshot.delete();
    }

    private Written write() {
        SnapshotStore store = raft.getSnapshotStore();
        long index = raft.getLastApplied();
        Snapshot current = store.getCurrentSnapshot();
        if (index == 0 || (current != null && current.index() >= index)) {
            return new Written(index, Optional.empty());
        }
        Snapshot snapshot = store.newSnapshot(index, new WallClockTimestamp());
        writing = true;
        try (SnapshotWriter writer = snapshot.openWriter()) {
            for (RaftServiceContext service : raft.getServices()) {
                write(service, writer);
            }
        } catch (RuntimeException | Error failure) {
            discard(snapshot);
            throw failure;
        } finally {
            writing = false;
        }
        return new Written(index, Optional.of(snapshot));
    }

    private void write(RaftServiceContext service, SnapshotWriter writer) {
        long start = writer.buffer().position();
        writer.writeInt(0);
        writer.writeLong(service.serviceId().id());
        writer.writeString(service.serviceType().name());
        writer.writeString(service.serviceName());
        writer.writeInt(serviceConfig.length);
        writer.write(serviceConfig);
        service.takeSnapshot(writer);
        long length = writer.buffer().position() - start - Integer.BYTES;
        writer.buffer().writeInt((int) start, Math.toIntExact(length));
    }
}
