package io.skep.gossip.atomix;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Knocks, a few at a time, where dead members were and where others are said to be. Reactor's thread. */
final class Reconnection {
    private static final int AT_ONCE = 3;

    private final Roster roster;
    private final Consumer<Endpoint> probe;
    private final Set<Endpoint> seeds = new TreeSet<>(Comparator.comparing(Endpoint::toString));
    private List<Endpoint> managers = List.of();
    private int turn;

    Reconnection(Roster roster, Consumer<Endpoint> probe) {
        this.roster = roster;
        this.probe = probe;
    }

    void seed(List<Endpoint> addresses) {
        seeds.addAll(addresses);
        addresses.stream().filter(address -> !roster.knows(address)).forEach(probe);
    }

    /** Replaces the addresses of the managers. */
    void managers(List<Endpoint> addresses) {
        managers = List.copyOf(addresses);
        managers.stream().filter(address -> !roster.knows(address)).forEach(probe);
    }

    void knock() {
        List<Endpoint> missing = new ArrayList<>(roster.dead());
        Stream.concat(seeds.stream(), managers.stream())
                .filter(seed -> !roster.knows(seed) && !missing.contains(seed))
                .forEach(missing::add);
        for (int i = 0; i < Math.min(AT_ONCE, missing.size()); i++) {
            probe.accept(missing.get(Math.floorMod(turn++, missing.size())));
        }
    }
}
