package io.skep.consensus.atomix;

import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.RaftException;
import io.atomix.protocols.raft.protocol.AppendRequest;
import io.atomix.protocols.raft.protocol.AppendResponse;
import io.atomix.protocols.raft.protocol.InstallResponse;
import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.protocols.raft.storage.log.RaftLogReader;
import io.atomix.protocols.raft.storage.log.entry.InitializeEntry;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.protocols.raft.storage.snapshot.Snapshot;
import io.atomix.storage.journal.Indexed;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.StateMachine;
import io.skep.api.transport.Transport;
import io.skep.consensus.support.DiskRoom;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Applies the snapshot and every entry of a closed member's log, committed or not, by a server that takes part in nothing: it never begins a role, answers
 * nobody and writes nothing. By way of Atomix's own sessions, so that a command that was written twice is applied once.
 */
final class Salvage {
    /** So many entries are handed over before it is waited for them. */
    private static final int WINDOW = 1000;

    private final CarefulContext raft;
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();

    private Salvage(
            GroupConfig config,
            StateMachine machine,
            Transport transport,
            Timings timings,
            RaftStorage storage,
            DiskRoom room) {
        Mailbox closed = new Mailbox(transport, config.swarmId(), config.memberId(), timings);
        MachineType type = new MachineType(new MachineHost(machine, this::broken), new NoChores());
        raft = new CarefulContext(
                config, storage, new MailboxProtocol(closed, new NoDuties()), type, room, this::broken);
    }

    static void salvage(
            GroupConfig config,
            StateMachine machine,
            Transport transport,
            Timings timings,
            RaftStorage storage,
            DiskRoom room) {
        Salvage salvage = new Salvage(config, machine, transport, timings, storage, room);
        RaftNode node = new RaftNode(salvage.raft, timings, leadership -> {});
        node.idle();
        try {
            salvage.readAll();
        } finally {
            node.stop();
        }
        Throwable failure = salvage.broken.get();
        if (failure != null) {
            throw new SkepException(
                    ErrorCode.CORRUPT,
                    "the log in " + config.directory() + " cannot be read: " + failure.getMessage()
                            + "; restore the directory from a backup, or recover on another manager",
                    failure);
        }
    }

    private void broken(Throwable cause) {
        broken.compareAndSet(null, cause);
    }

    private void readAll() {
        List<CompletableFuture<?>> window = new ArrayList<>();
        long last = Optional.ofNullable(raft.getSnapshotStore().getCurrentSnapshot())
                .map(Snapshot::index)
                .orElse(0L);
        try (RaftLogReader log = raft.getLog().openReader(1, RaftLogReader.Mode.ALL)) {
            while (log.hasNext() && broken.get() == null) {
                Indexed<RaftLogEntry> entry = log.next();
                last = Math.max(last, entry.index());
                window.add(raft.getServiceManager().apply(entry));
                if (window.size() == WINDOW) {
                    await(window);
                }
            }
        }
        // A snapshot is loaded by the entry behind it, of which there may be none: this one is in no log.
        InitializeEntry end = new InitializeEntry(raft.getTerm(), System.currentTimeMillis());
        window.add(raft.getServiceManager().apply(new Indexed<>(last + 1, end, 0)));
        await(window);
    }

    private void await(List<CompletableFuture<?>> window) {
        for (CompletableFuture<?> applied : window) {
            try {
                applied.join();
            } catch (CompletionException failure) {
                if (!(failure.getCause()
                        instanceof RaftException)) { // of a session that was over: no member applies it
                    broken(failure);
                }
            }
        }
        window.clear();
    }

    private static final class NoChores implements MachineService.Chores {
        @Override
        public void before(long index) {}

        @Override
        public void after(long index) {}

        @Override
        public boolean snapshotWanted() {
            return false;
        }
    }

    private static final class NoDuties implements MailboxProtocol.Duties {
        @Override
        public CompletableFuture<AppendResponse> force(CompletableFuture<AppendResponse> appended) {
            return appended;
        }

        @Override
        public CompletableFuture<InstallResponse> install(Supplier<CompletableFuture<InstallResponse>> installing) {
            return installing.get();
        }

        @Override
        public void sent(MemberId to, AppendRequest request) {}

        @Override
        public void heardLeader(long term) {}

        @Override
        public boolean supports(String candidate) {
            return false;
        }

        @Override
        public long term() {
            return 0;
        }

        @Override
        public void acknowledged() {}
    }
}
