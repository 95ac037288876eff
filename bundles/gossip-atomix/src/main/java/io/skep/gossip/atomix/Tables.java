package io.skep.gossip.atomix;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All units that a node knows, its own and others'; decides by versions alone, without clock or network. Not thread-safe. */
final class Tables {
    private final String self;
    private final Map<UnitId, Unit> units = new TreeMap<>();
    /** Own tables that were stated in this run. */
    private final Set<UnitId> stated = new TreeSet<>();

    private final Set<String> changedTables = new TreeSet<>();
    private long run;

    Tables(String self, long run) {
        this.self = self;
        this.run = run;
    }

    /**
     * States an own table.
     *
     * @return what to push, or nothing when it was no news
     */
    Optional<Delta> state(String table, Map<String, byte[]> entries) {
        UnitId id = new UnitId(self, table);
        Unit unit = units.computeIfAbsent(id, Unit::new);
        UnitVersion before = unit.version();
        stated.add(id);
        if (!unit.state(run, entries)) {
            return Optional.empty();
        }
        changedTables.add(table);
        return Optional.of(unit.since(before));
    }

    /** Applies a delta of whoever; one of our own is the echo of an earlier run, or of this one before the clock went back. */
    Unit.Outcome apply(Delta delta) {
        if (delta.unit().owner().equals(self) && contradicts(delta)) {
            outdo(delta.run());
            return Unit.Outcome.APPLIED;
        }
        Unit unit = units.computeIfAbsent(delta.unit(), Unit::new);
        Unit.Outcome outcome = unit.apply(delta);
        if (outcome == Unit.Outcome.APPLIED) {
            changedTables.add(delta.unit().table());
        }
        if (unit.version().equals(UnitVersion.NOTHING)) {
            units.remove(delta.unit());
        }
        return outcome;
    }

    private boolean contradicts(Delta delta) {
        if (!stated.contains(delta.unit())) {
            run = Math.max(run, delta.run() + 1);
            return false;
        }
        return delta.version().newerThan(version(delta.unit()));
    }

    /** Begins a run after {@code other}, so that what this node states wins against what it once stated. */
    private void outdo(long other) {
        run = Math.max(run, other + 1);
        for (UnitId id : stated) {
            Unit unit = units.get(id);
            if (unit != null) {
                unit.restate(run, unit.entries());
                changedTables.add(id.table());
            }
        }
    }

    UnitVersion version(UnitId id) {
        Unit unit = units.get(id);
        return unit == null ? UnitVersion.NOTHING : unit.version();
    }

    /** What someone at {@code known} lacks of a unit. */
    Optional<Delta> since(UnitId id, UnitVersion known) {
        @Nullable Unit unit = units.get(id);
        return unit == null || !unit.version().newerThan(known) ? Optional.empty() : Optional.of(unit.since(known));
    }

    /** The versions of the units whose owner is {@code offered}, in the order of the ids. */
    Map<UnitId, UnitVersion> digest(Predicate<String> offered) {
        Map<UnitId, UnitVersion> digest = new TreeMap<>();
        units.forEach((id, unit) -> {
            if (offered.test(id.owner())) {
                digest.put(id, unit.version());
            }
        });
        return digest;
    }

    Set<String> owners() {
        Set<String> owners = new TreeSet<>();
        units.keySet().forEach(id -> owners.add(id.owner()));
        return owners;
    }

    void forget(Collection<String> owners) {
        List<UnitId> gone = new ArrayList<>();
        units.keySet().stream().filter(id -> owners.contains(id.owner())).forEach(gone::add);
        gone.forEach(id -> {
            units.remove(id);
            changedTables.add(id.table());
        });
    }

    /** The tables that changed since the last call. */
    Set<String> takeChanged() {
        Set<String> changed = new TreeSet<>(changedTables);
        changedTables.clear();
        return changed;
    }

    /** All tables count as changed: others are left out of them from now on. */
    void touch() {
        units.keySet().forEach(id -> changedTables.add(id.table()));
    }

    /** A table: owner, then key; of all owners but some. */
    Map<String, Map<String, byte[]>> view(String table, Set<String> without) {
        Map<String, Map<String, byte[]>> view = new TreeMap<>();
        units.forEach((id, unit) -> {
            if (id.table().equals(table) && !without.contains(id.owner())) {
                view.put(id.owner(), unit.entries());
            }
        });
        return Collections.unmodifiableMap(view);
    }
}
