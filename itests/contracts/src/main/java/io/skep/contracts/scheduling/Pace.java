package io.skep.contracts.scheduling;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/** Measures how much processor time a call takes, at best: what else the machine does must not fail a test. */
final class Pace {
    /** What a call may take: ten times what the SPI asks for, so that only a wrong order of magnitude fails. */
    static final Duration ALLOWED = Duration.ofNanos(10_000);

    private static final int BATCHES = 10;
    private static final int CALLS = 10_000;

    private Pace() {}

    static Duration of(Runnable call) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int batch = 0; batch < BATCHES; batch++) {
            long start = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < CALLS; i++) {
                call.run();
            }
            best = Math.min(best, threads.getCurrentThreadCpuTime() - start);
        }
        return Duration.ofNanos(best / CALLS);
    }
}
