package io.skep.contracts.gossip;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What an owner stated of one table. */
final class SimulatedStatement {
    private final long run;
    private final long counter;
    private final Map<String, byte[]> entries;

    SimulatedStatement(long run, long counter, Map<String, byte[]> entries) {
        this.run = run;
        this.counter = counter;
        Map<String, byte[]> copy = new TreeMap<>();
        entries.forEach((key, value) -> copy.put(key, value.clone()));
        this.entries = Collections.unmodifiableMap(copy);
    }

    Map<String, byte[]> entries() {
        return entries;
    }

    boolean newerThan(SimulatedStatement other) {
        return run > other.run || (run == other.run && counter > other.counter);
    }

    boolean says(long itsRun, Map<String, byte[]> wanted) {
        return run == itsRun
                && entries.keySet().equals(wanted.keySet())
                && entries.entrySet().stream()
                        .allMatch(entry -> Arrays.equals(entry.getValue(), wanted.get(entry.getKey())));
    }
}
