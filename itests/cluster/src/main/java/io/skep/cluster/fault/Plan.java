package io.skep.cluster.fault;

import io.skep.cluster.fault.Schedule.Timed;
import io.skep.cluster.lab.LabSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes a schedule from a seed: on one track something happens to hosts, on another to the network, each time for a while and then it is
 * mended. The two overlap, so that a quorum may be lost meanwhile; at the end everything is mended.
 */
public final class Plan {
    private static final int LONGEST_MILLIS = 6000;
    private static final int SHORTEST_MILLIS = 200;

    private final Random chance;
    private final LabSpec lab;
    private final List<Timed> faults = new ArrayList<>();

    private Plan(long seed, LabSpec lab) {
        this.chance = new Random(seed);
        this.lab = lab;
    }

    /** The faults that a seed brings for a lab of this kind, in about so much time. */
    public static Schedule make(long seed, LabSpec lab, Duration duration) {
        Plan plan = new Plan(seed, lab);
        plan.hosts(duration.toMillis());
        if (lab.hosts() > 1) {
            plan.network(duration.toMillis());
        }
        return new Schedule(plan.faults);
    }

    private void hosts(long end) {
        List<Trouble> troubles = new ArrayList<>(List.of(Trouble.PAUSE, Trouble.KILL, Trouble.OFF, Trouble.ALL_OFF));
        if (lab.diskMegabytes() > 0) {
            troubles.add(Trouble.FILL);
        }
        if (!lab.clocks().isEmpty()) {
            troubles.add(Trouble.CLOCK);
        }
        track(end, troubles);
    }

    private void network(long end) {
        track(end, List.of(Trouble.CUT, Trouble.CUT_ONE_WAY, Trouble.ISOLATE, Trouble.SLOW));
    }

    private void track(long end, List<Trouble> troubles) {
        long at = between(SHORTEST_MILLIS, LONGEST_MILLIS);
        while (at < end) {
            Trouble trouble = troubles.get(chance.nextInt(troubles.size()));
            long until = at + between(SHORTEST_MILLIS, LONGEST_MILLIS);
            Trouble.Episode episode = trouble.make(chance, lab);
            faults.add(new Timed(Duration.ofMillis(at), episode.begin()));
            for (Fault mending : episode.end()) {
                faults.add(new Timed(Duration.ofMillis(until), mending));
            }
            at = until + between(SHORTEST_MILLIS, LONGEST_MILLIS);
        }
    }

    private long between(int shortest, int longest) {
        return (long) shortest + chance.nextInt(longest - shortest);
    }
}
