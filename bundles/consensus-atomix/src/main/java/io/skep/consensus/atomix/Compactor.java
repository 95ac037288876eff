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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots straight to disk and drops the log behind them, in the form in which Atomix reads them. Atomix's own way
 * holds the whole snapshot in memory, waits ten seconds, drops the log even when the state could not be saved, and leaves on a
 * full disk what it had written by then; here a failure leaves everything as it was.
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
        CompletableFuture<Long> taken = new CompletableFuture<>();
        // By way of the Raft thread, so that the index applied is the one that the state thread has come to.
        node.raftThread().execute(() -> node.stateThread().execute(() -> {
            try {
                taken.complete(snapshot());
            } catch (RuntimeException | Error failure) {
                notBefore = System.nanoTime() + AFTER_A_FAILURE.toNanos();
                taken.completeExceptionally(failure);
            }
        }));
        return taken.thenCompose(index -> node.onRaft(() -> {
            raft.getLog().compact(index);
            return CompletableFuture.completedFuture(null);
        }));
    }

    private long snapshot() {
        SnapshotStore store = raft.getSnapshotStore();
        long index = raft.getLastApplied();
        Snapshot current = store.getCurrentSnapshot();
        if (index == 0 || (current != null && current.index() >= index)) {
            return index;
        }
        Snapshot snapshot = store.newSnapshot(index, new WallClockTimestamp());
        writing = true;
        try (SnapshotWriter writer = snapshot.openWriter()) {
            for (RaftServiceContext service : raft.getServices()) {
                write(service, writer);
            }
        } catch (RuntimeException | Error failure) {
            snapshot.close();
            snapshot.delete();
            throw failure;
        } finally {
            writing = false;
        }
        snapshot.complete();
        DurableNames.force(directory);
        return index;
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
