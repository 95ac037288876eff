package io.skep.gossip.atomix;

import java.util.Comparator;

/** What is replicated as one: the entries of one owner in one table. */
record UnitId(String owner, String table) implements Comparable<UnitId> {
    private static final Comparator<UnitId> ORDER =
            Comparator.comparing(UnitId::owner).thenComparing(UnitId::table);

    @Override
    public int compareTo(UnitId other) {
        return ORDER.compare(this, other);
    }
}
