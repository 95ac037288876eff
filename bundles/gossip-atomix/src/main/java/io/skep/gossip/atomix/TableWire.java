package io.skep.gossip.atomix;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How units, versions and deltas look on the wire. */
final class TableWire {
    static final int LONGEST_NAME = 512;
    private static final int REMOVED = 0;
    private static final int VALUE = 1;

    private TableWire() {}

    static void versions(WireWriter out, Map<UnitId, UnitVersion> versions) {
        out.i32(versions.size());
        versions.forEach((id, version) -> {
            unit(out, id);
            out.i64(version.run()).i64(version.counter());
        });
    }

    static Map<UnitId, UnitVersion> versions(WireReader in) {
        Map<UnitId, UnitVersion> versions = new TreeMap<>();
        in.list(() -> versions.put(unit(in), new UnitVersion(in.i64(), counter(in))));
        return versions;
    }

    static void delta(WireWriter out, Delta delta) {
        unit(out, delta.unit());
        out.i64(delta.run())
                .i64(delta.from())
                .i64(delta.to())
                .i32(delta.changes().size());
        for (Change change : delta.changes()) {
            out.text(change.key()).i64(change.counter());
            byte[] value = change.value();
            if (value == null) {
                out.u8(REMOVED);
            } else {
                out.u8(VALUE).bytes(value);
            }
        }
    }

    static Delta delta(WireReader in) {
        UnitId unit = unit(in);
        long run = in.i64();
        long from = counter(in);
        long to = counter(in);
        List<Change> changes = in.list(() -> change(in, from, to));
        return new Delta(unit, run, from, to, changes);
    }

    private static Change change(WireReader in, long from, long to) {
        String key = name(in);
        long counter = in.i64();
        if (counter <= from || counter > to) {
            throw new MalformedException("a change out of its delta's range");
        }
        return new Change(key, counter, in.u8() == REMOVED ? null : in.bytes());
    }

    private static void unit(WireWriter out, UnitId id) {
        out.text(id.owner()).text(id.table());
    }

    private static UnitId unit(WireReader in) {
        return new UnitId(name(in), name(in));
    }

    private static long counter(WireReader in) {
        long counter = in.i64();
        if (counter < 0) {
            throw new MalformedException("a negative counter");
        }
        return counter;
    }

    private static String name(WireReader in) {
        String name = in.text();
        if (name.length() > LONGEST_NAME) {
            throw new MalformedException("a name of " + name.length() + " characters");
        }
        return name;
    }
}
