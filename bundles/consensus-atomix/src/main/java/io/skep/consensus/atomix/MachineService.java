package io.skep.consensus.atomix;

import io.atomix.primitive.service.BackupInput;
import io.atomix.primitive.service.BackupOutput;
import io.atomix.primitive.service.Commit;
import io.atomix.primitive.service.PrimitiveService;
import io.atomix.primitive.service.ServiceContext;
import io.atomix.primitive.session.Session;
import io.atomix.primitive.session.SessionId;
import io.atomix.utils.serializer.Serializer;
import io.atomix.utils.time.WallClockTimestamp;

/** The Raft service that stands for the {@link MachineHost}; Atomix makes a new one at every snapshot, the host stays. */
final class MachineService implements PrimitiveService {
    /** What is to be done around each batch, on the state thread. */
    interface Chores {
        void before(long index);

        void after(long index);

        /** Whether the state is wanted for a snapshot of ours. */
        boolean snapshotWanted();
    }

    private final MachineHost host;
    private final Serializer serializer;
    private final Chores chores;

    MachineService(MachineHost host, Serializer serializer, Chores chores) {
        this.host = host;
        this.serializer = serializer;
        this.chores = chores;
    }

    @Override
    public byte[] apply(Commit<byte[]> commit) {
        chores.before(commit.index());
        byte[] answers = host.apply(commit.index(), commit.value());
        chores.after(commit.index());
        return answers;
    }

    @Override
    public void backup(BackupOutput output) {
        if (!chores.snapshotWanted()) {
            // An error, for at an exception Atomix would drop the log behind half a snapshot; at an error it gives up
            // for good.
            throw new AssertionError("Atomix's own snapshots are not taken, see Compactor");
        }
        host.save(output);
    }

    @Override
    public void restore(BackupInput input) {
        host.load(input);
    }

    @Override
    public Serializer serializer() {
        return serializer;
    }

    // The machine knows neither time nor sessions.

    @Override
    public void init(ServiceContext context) {}

    @Override
    public void tick(WallClockTimestamp timestamp) {}

    @Override
    @SuppressWarnings("rawtypes") // Atomix declares the parameter raw
    public void register(Session session) {}

    @Override
    public void expire(SessionId session) {}

    @Override
    public void close(SessionId session) {}
}
