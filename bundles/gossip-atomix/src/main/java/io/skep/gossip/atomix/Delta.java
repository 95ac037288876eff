package io.skep.gossip.atomix;

import java.util.List;

/**
 * What changed in a unit after one point of its history and up to another.
 *
 * @param from the counter that the receiver must have reached; 0 means that this is the whole unit and replaces it
 * @param to what the receiver has then reached
 */
record Delta(UnitId unit, long run, long from, long to, List<Change> changes) {
    UnitVersion version() {
        return new UnitVersion(run, to);
    }

    boolean whole() {
        return from == 0;
    }
}
