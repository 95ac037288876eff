package io.skep.consensus.atomix;

import io.atomix.protocols.raft.storage.log.entry.ConfigurationEntry;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.storage.journal.Indexed;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest entries of the log, so that whoever follows it closely reads no file; none of the configuration, for the members in those are the ones that
 * Atomix works with and changes. Not thread-safe.
 */
final class Recent {
    private static final long MOST_BYTES = 1 << 20;
    private static final int MOST = 4096;

    /** By index, in the order in which they were appended. */
    private final Map<Long, Indexed<RaftLogEntry>> entries = new LinkedHashMap<>();

    private long bytes;

    void add(Indexed<? extends RaftLogEntry> appended) {
        if (!(appended.entry() instanceof ConfigurationEntry)) {
            entries.put(appended.index(), new Indexed<>(appended.index(), appended.entry(), appended.size()));
            bytes += appended.size();
            Iterator<Indexed<RaftLogEntry>> oldest = entries.values().iterator();
            while (bytes > MOST_BYTES || entries.size() > MOST) {
                bytes -= oldest.next().size();
                oldest.remove();
            }
        }
    }

    /** Forgets what the log has no more, at either end. */
    void keep(long first, long last) {
        entries.values().removeIf(entry -> {
            boolean gone = entry.index() < first || entry.index() > last;
            bytes -= gone ? entry.size() : 0;
            return gone;
        });
    }

    /** Null when it is not one of these, and has to be read. */
    @Nullable
    Indexed<RaftLogEntry> at(long index) {
        return entries.get(index);
    }
}
