package io.skep.store;

import java.util.Arrays;
import org.pcollections.PVector;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/**
 * The pieces of a large command that have come so far.
 *
 * @param pieces in order
 * @param size their bytes
 */
record Partial(PVector<byte[]> pieces, long size) {
    static final Partial NOTHING = new Partial(TreePVector.empty(), 0);

    /** All commands in pieces together; beyond it none is kept, and their authors repeat them. */
    static final long BOUND = 256L << 20;

    Partial with(byte[] piece) {
        return new Partial(pieces.plus(piece), size + piece.length);
    }

    byte[] joined() {
        byte[] whole = new byte[Math.toIntExact(size)];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, whole, at, piece.length);
            at += piece.length;
        }
        return whole;
    }

    static TreePMap<String, Partial> bounded(TreePMap<String, Partial> partial) {
        long total = partial.values().stream().mapToLong(Partial::size).sum();
        return total <= BOUND ? partial : TreePMap.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Partial that && Arrays.equals(joined(), that.joined());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(joined());
    }
}
