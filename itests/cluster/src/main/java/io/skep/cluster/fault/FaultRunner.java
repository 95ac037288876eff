package io.skep.cluster.fault;

import io.skep.cluster.fault.Schedule.Timed;
import io.skep.cluster.lab.Lab;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Lets a schedule happen to a lab. */
public final class FaultRunner {
    private final Lab lab;
    private final Consumer<String> log;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** @param log is told each fault when it happens, and how long it took */
    public FaultRunner(Lab lab, Consumer<String> log) {
        this.lab = lab;
        this.log = log;
    }

    /**
     * Does everything, each as long after the one before as the schedule says, however long that took: on a slow machine all of it takes
     * longer, but between two faults there is as much time as was meant. False when it was stopped.
     */
    public boolean run(Schedule schedule) throws InterruptedException {
        long begin = System.nanoTime();
        Duration before = Duration.ZERO;
        for (Timed timed : schedule.faults()) {
            long pause = timed.at().minus(before).toNanos();
            before = timed.at();
            if (stopped.await(pause, TimeUnit.NANOSECONDS)) {
                return false;
            }
            long start = System.nanoTime();
            timed.fault().act(lab);
            log.accept(new Timed(Duration.ofNanos(start - begin), timed.fault()) + "  # took "
                    + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
        }
        return true;
    }

    /** Lets nothing more happen. */
    public void stop() {
        stopped.countDown();
    }
}
