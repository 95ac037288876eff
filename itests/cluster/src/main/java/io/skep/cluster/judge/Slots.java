package io.skep.cluster.judge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Whether each slot of each service runs once. */
public final class Slots {
    private Slots() {}

    /**
     * A container that runs.
     *
     * @param service whose
     * @param slot of the service, from 1
     * @param where the host and the task
     */
    public record Running(String service, int slot, String where) {}

    /**
     * Slots that run several times, not at all, or should not be there, one text each.
     *
     * @param wanted how many slots each service should have
     */
    public static List<String> violations(Map<String, Integer> wanted, Collection<Running> seen) {
        TreeMap<Slot, TreeSet<String>> places = new TreeMap<>();
        wanted.forEach((service, count) ->
                IntStream.rangeClosed(1, count).forEach(slot -> places.put(new Slot(service, slot), new TreeSet<>())));
        List<String> violations = new ArrayList<>();
        for (Running one : seen) {
            Slot slot = new Slot(one.service(), one.slot());
            TreeSet<String> known = places.get(slot);
            if (known != null) {
                known.add(one.where());
            } else {
                violations.add(slot + " runs on " + one.where() + " but should not be there");
            }
        }
        places.forEach((slot, where) -> {
            if (where.size() != 1) {
                violations.add(slot + (where.isEmpty() ? " does not run" : " runs several times: " + where));
            }
        });
        return violations;
    }

    private record Slot(String service, int number) implements Comparable<Slot> {
        private static final Comparator<Slot> ORDER =
                Comparator.comparing(Slot::service).thenComparingInt(Slot::number);

        @Override
        public int compareTo(Slot other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return service + "." + number;
        }
    }
}
