package io.skep.gossip.atomix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A replica of one unit: the last change of every key, removals (tombstones) among them, in the manner of Scuttlebutt (van
 * Renesse, Dumitriu, Gough, Thomas, 2008): since changes are numbered and arrive without gaps, one number tells all that a
 * replica knows. Old tombstones are dropped by number alone; who has not seen them gets the whole unit, so that nothing
 * removed comes back. Not thread-safe.
 */
final class Unit {
    private static final int FEW_TOMBSTONES = 64;

    private final UnitId id;
    private final Map<String, Change> changes = new TreeMap<>();
    private UnitVersion version = UnitVersion.NOTHING;
    /** Below this counter tombstones are missing. */
    private long floor;

    private int tombstones;
    /** The live entries, until the next change. */
    private @Nullable Map<String, byte[]> entries;

    Unit(UnitId id) {
        this.id = id;
    }

    UnitId id() {
        return id;
    }

    UnitVersion version() {
        return version;
    }

    /** The live entries in the order of their keys; the arrays are shared. */
    Map<String, byte[]> entries() {
        Map<String, byte[]> known = entries;
        if (known != null) {
            return known;
        }
        Map<String, byte[]> live = new LinkedHashMap<>();
        changes.forEach((key, change) -> {
            byte[] value = change.value();
            if (value != null) {
                live.put(key, value);
            }
        });
        Map<String, byte[]> fixed = Collections.unmodifiableMap(live);
        entries = fixed;
        return fixed;
    }

    /**
     * Makes {@code wanted} the complete set as the owner states it.
     *
     * @return whether that was news
     */
    boolean state(long run, Map<String, byte[]> wanted) {
        if (run != version.run()) {
            restate(run, wanted);
            return true;
        }
        List<Change> news = difference(wanted);
        news.forEach(this::put);
        collect();
        return !news.isEmpty();
    }

    /** Begins a new run of the owner: everything before is void, and the statement itself is news even if it is empty. */
    void restate(long run, Map<String, byte[]> wanted) {
        clear();
        version = new UnitVersion(run, 1);
        new TreeMap<>(wanted).forEach((key, value) -> put(new Change(key, version.counter() + 1, value)));
        floor = version.counter();
    }

    private List<Change> difference(Map<String, byte[]> wanted) {
        long counter = version.counter();
        List<Change> news = new ArrayList<>();
        for (Change old : changes.values()) {
            if (old.value() != null && !wanted.containsKey(old.key())) {
                news.add(new Change(old.key(), ++counter, null));
            }
        }
        for (Map.Entry<String, byte[]> entry : new TreeMap<>(wanted).entrySet()) {
            Change old = changes.get(entry.getKey());
            if (old == null || !Arrays.equals(old.value(), entry.getValue())) {
                news.add(new Change(entry.getKey(), ++counter, entry.getValue()));
            }
        }
        return news;
    }

    /** What a replica at {@code known} lacks. */
    Delta since(UnitVersion known) {
        boolean whole = known.run() != version.run() || known.counter() < floor || known.counter() == 0;
        long from = whole ? 0 : known.counter();
        List<Change> lacking = new ArrayList<>();
        for (Change change : changes.values()) {
            if (change.counter() > from && !(whole && change.value() == null)) {
                lacking.add(change);
            }
        }
        lacking.sort(Comparator.comparingLong(Change::counter));
        return new Delta(id, version.run(), from, version.counter(), lacking);
    }

    /** What became of a delta. */
    enum Outcome {
        APPLIED,
        KNOWN,
        /** Changes between what is known and the delta are missing. */
        GAP
    }

    Outcome apply(Delta delta) {
        if (!delta.version().newerThan(version)) {
            return Outcome.KNOWN;
        }
        if (delta.whole()) {
            clear();
        } else if (delta.run() != version.run() || delta.from() > version.counter()) {
            return Outcome.GAP;
        }
        long known = delta.whole() ? 0 : version.counter();
        delta.changes().stream().filter(change -> change.counter() > known).forEach(this::put);
        version = delta.version();
        if (delta.whole()) {
            floor = version.counter();
        }
        collect();
        return Outcome.APPLIED;
    }

    private void put(Change change) {
        entries = null;
        Change old = changes.put(change.key(), change);
        tombstones += (change.value() == null ? 1 : 0) - (old != null && old.value() == null ? 1 : 0);
        version = new UnitVersion(version.run(), Math.max(version.counter(), change.counter()));
    }

    private void clear() {
        entries = null;
        changes.clear();
        tombstones = 0;
    }

    /** Drops the older half of the tombstones when they outnumber the entries. */
    private void collect() {
        if (tombstones <= Math.max(FEW_TOMBSTONES, changes.size() - tombstones)) {
            return;
        }
        List<Change> oldest = changes.values().stream()
                .filter(change -> change.value() == null)
                .sorted(Comparator.comparingLong(Change::counter))
                .limit(tombstones / 2)
                .toList();
        oldest.forEach(change -> changes.remove(change.key()));
        tombstones -= oldest.size();
        floor = Math.max(floor, oldest.get(oldest.size() - 1).counter());
    }
}
