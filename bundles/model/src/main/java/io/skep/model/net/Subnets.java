package io.skep.model.net;

import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/** Cuts subnets from a pool and addresses from a subnet. */
public final class Subnets {
    private Subnets() {}

    /**
     * The first subnet of the pool that overlaps none of those taken (other networks, routes of the host); empty when there is none. Skips
     * over whole taken blocks, so the cost follows their number and not the size of the pool.
     *
     * @param pool where to cut from
     * @param prefix length of the subnet, not less than the pool's
     * @param taken blocks to stay clear of, in any order
     */
    public static Optional<Subnet> firstFree(Subnet pool, int prefix, Collection<Subnet> taken) {
        long at = pool.network();
        while (prefix >= pool.prefix() && at <= pool.broadcast()) {
            Subnet candidate = new Subnet(at, prefix);
            long after = endOfOverlap(candidate, taken);
            if (after < 0) {
                return Optional.of(candidate);
            }
            at = after;
        }
        return Optional.empty();
    }

    /** Where to look next when the candidate overlaps a block, at its own grain; -1 when it overlaps none. */
    private static long endOfOverlap(Subnet candidate, Collection<Subnet> taken) {
        long end = -1;
        for (Subnet block : taken) {
            if (candidate.overlaps(block)) {
                end = Math.max(end, Math.max(candidate.broadcast(), block.broadcast()) + 1);
            }
        }
        return end;
    }

    /**
     * The next free address of a subnet after the given one, going round once; never the network's own or the broadcast address. Going on
     * from the last one given makes a run of allocations cost one step each, and keeps an address that was given back out of use for a while.
     *
     * @param after where to go on; anything outside the subnet starts at its first address
     * @param used tells which addresses are taken, the gateway among them
     * @return empty when the subnet is exhausted
     */
    public static OptionalLong nextFree(Subnet subnet, long after, LongPredicate used) {
        long usable = subnet.size() - 2;
        long start = subnet.contains(after) ? after + 1 - subnet.first() : 0;
        for (long step = 0; step < usable; step++) {
            long address = subnet.first() + (start + step) % usable;
            if (!used.test(address)) {
                return OptionalLong.of(address);
            }
        }
        return OptionalLong.empty();
    }

    /** The addresses that hosts can have, in order: all but the network's own and the broadcast address. */
    public static Iterable<Long> hosts(Subnet subnet) {
        return () -> new Iterator<>() {
            private long next = subnet.first();

            @Override
            public boolean hasNext() {
                return next < subnet.broadcast();
            }

            @Override
            public Long next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return next++;
            }
        };
    }
}
