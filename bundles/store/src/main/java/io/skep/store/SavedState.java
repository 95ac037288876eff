package io.skep.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.skep.api.store.Epoch;
import io.skep.model.codec.Codec;
import io.skep.model.table.Change;
import io.skep.model.table.Entry;
import io.skep.model.table.Restore;
import io.skep.model.table.Row;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/** A {@link State} as a stream: a header, then every row as the change that would write it, its version as the expected one. */
final class SavedState {
    private static final int FORMAT = 2;
    /** The form before there were epochs. */
    private static final int WITHOUT_EPOCH = 1;

    private SavedState() {}

    /**
     * All but the rows.
     *
     * @param version of the snapshot
     * @param term newest leader's
     * @param requests recent request ids in the order of arrival
     * @param versions theirs, in the same order
     * @param partial pieces of large commands
     * @param epoch the state's
     * @param moved the epoch after it
     */
    record Header(
            long version,
            long term,
            List<String> requests,
            List<Long> versions,
            Map<String, List<byte[]>> partial,
            long epoch,
            Optional<Epoch> moved) {}

    static void write(State state, OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        byte[] header = Codec.toBytes(header(state));
        data.writeInt(FORMAT);
        data.writeInt(header.length);
        data.write(header);
        try (SequenceWriter rows = Codec.cbor()
                .writerFor(Change.class)
                .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .writeValuesAsArray(out)) {
            for (Table<?> table : Table.all()) {
                write(state.snapshot(), table, rows);
            }
        }
    }

    static State read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        int format = data.readInt();
        if (format != FORMAT && format != WITHOUT_EPOCH) {
            throw new IOException("snapshot of format " + format + "; this version of Skep reads " + FORMAT);
        }
        Header header = Codec.fromBytes(data.readNBytes(data.readInt()), Header.class);
        Restore restore = new Restore();
        try (MappingIterator<Change> rows = Codec.cbor().readerFor(Change.class).readValues((InputStream) data)) {
            while (rows.hasNextValue()) {
                if (rows.nextValue() instanceof Change.Put<?> put) {
                    put(restore, put);
                }
            }
        }
        State state = state(header, restore.finish(header.version()));
        return format == WITHOUT_EPOCH
                ? new State(
                        state.snapshot(),
                        state.term(),
                        state.requests(),
                        state.order(),
                        state.partial(),
                        1,
                        Optional.empty())
                : state;
    }

    private static <R extends Row> void write(Snapshot snapshot, Table<R> table, SequenceWriter rows)
            throws IOException {
        for (Entry<R> entry : snapshot.entries(table)) {
            rows.write(new Change.Put<>(table, entry.row(), entry.version()));
        }
    }

    private static <R extends Row> void put(Restore restore, Change.Put<R> put) {
        restore.put(put.table(), new Entry<>(put.row(), put.expected()));
    }

    private static Header header(State state) {
        List<String> ids = List.copyOf(state.order().values());
        List<Long> versions =
                ids.stream().map(id -> state.requests().getOrDefault(id, 0L)).toList();
        Map<String, List<byte[]>> partial = new TreeMap<>();
        state.partial().forEach((whole, pieces) -> partial.put(whole, new ArrayList<>(pieces.pieces())));
        return new Header(
                state.snapshot().version(), state.term(), ids, versions, partial, state.epoch(), state.moved());
    }

    private static State state(Header header, Snapshot snapshot) {
        TreePMap<String, Long> requests = TreePMap.empty();
        TreePMap<Long, String> order = TreePMap.empty();
        for (int i = 0; i < header.requests().size(); i++) {
            requests = requests.plus(header.requests().get(i), header.versions().get(i));
            order = order.plus((long) i, header.requests().get(i));
        }
        TreePMap<String, Partial> partial = TreePMap.empty();
        for (Map.Entry<String, List<byte[]>> entry : header.partial().entrySet()) {
            long size =
                    entry.getValue().stream().mapToLong(piece -> piece.length).sum();
            partial = partial.plus(entry.getKey(), new Partial(TreePVector.from(entry.getValue()), size));
        }
        return new State(snapshot, header.term(), requests, order, partial, header.epoch(), header.moved());
    }
}
