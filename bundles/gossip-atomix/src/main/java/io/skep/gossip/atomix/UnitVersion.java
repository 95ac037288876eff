package io.skep.gossip.atomix;

/**
 * How far a unit's history is known: everything up to it.
 *
 * @param run the owner's run that stated it; a later run replaces all of an earlier one
 * @param counter numbers the changes within the run, from 1
 */
record UnitVersion(long run, long counter) implements Comparable<UnitVersion> {
    static final UnitVersion NOTHING = new UnitVersion(Long.MIN_VALUE, 0);

    boolean newerThan(UnitVersion other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(UnitVersion other) {
        return run == other.run ? Long.compare(counter, other.counter) : Long.compare(run, other.run);
    }
}
