package io.skep.cluster.lab;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a lab is to be like.
 *
 * @param hosts how many
 * @param diskMegabytes size of each host's disk; 0 is a directory, which is never full and forgets nothing
 * @param heap of each node
 * @param javaOptions of each node
 * @param clocks hosts whose clock can be stepped
 */
public record LabSpec(int hosts, int diskMegabytes, String heap, String javaOptions, Set<Integer> clocks) {
    /** What keeps a node small, and its start cheap: seven of them share the machine. */
    private static final String SMALL = "-XX:TieredStopAtLevel=1 -XX:CICompilerCount=1 -XX:-UsePerfData";

    /** So many hosts, small, with directories for disks. */
    public static LabSpec of(int hosts) {
        return new LabSpec(hosts, 0, "160m", SMALL, Set.of());
    }

    /** So many hosts whose nodes have the heap and the compilers of one that is installed as it is shipped: for measurements. */
    public static LabSpec asShipped(int hosts) {
        return new LabSpec(hosts, 0, "512m", "", Set.of());
    }

    /** With file systems for disks, which can fill up and which lose in a power cut what was not flushed. */
    public LabSpec withDisks(int megabytes) {
        return new LabSpec(hosts, megabytes, heap, javaOptions, clocks);
    }

    /** With another largest heap for each node. */
    public LabSpec withHeap(String largest) {
        return new LabSpec(hosts, diskMegabytes, largest, javaOptions, clocks);
    }

    /** With a host whose clock can be stepped. */
    public LabSpec withClock(int host) {
        Set<Integer> more = new LinkedHashSet<>(clocks);
        more.add(host);
        return new LabSpec(hosts, diskMegabytes, heap, javaOptions, more);
    }
}
