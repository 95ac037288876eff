package io.skep.cluster.swarm;

import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.Output;
import java.time.Duration;
import java.util.List;

/** How long a swarm takes to accept writes again. */
final class Timing {
    private Timing() {}

    /** Asks managers in turn to write until one has, each of which waits for a leader by itself; the time that took. */
    static Duration untilAWriteIsAccepted(List<Host> managers, String name) {
        long begin = System.nanoTime();
        long end = begin + Swarm.PATIENCE.toNanos();
        Output output;
        int tries = 0;
        do {
            // another name each time, for one that failed may have been written all the same
            output = managers.get(tries % managers.size()).skep("swarm:network-create", name + tries);
            tries++;
        } while (!output.succeeded() && System.nanoTime() < end);
        output.text();
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
