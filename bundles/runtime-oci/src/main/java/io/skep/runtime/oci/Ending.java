package io.skep.runtime.oci;

import io.skep.api.runtime.Exit;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.runtime.support.Exits;
import io.skep.runtime.support.ProcessId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Brings containers to their end. */
final class Ending {
    private static final Duration KILLED = Duration.ofSeconds(15);

    private final Engines engines;
    private final Exits exits;

    Ending(Engines engines, Exits exits) {
        this.engines = engines;
        this.exits = exits;
    }

    /** Sends the stop signal, waits for the grace period, then kills. */
    void stop(ContainerDir container, ContainerRecord record, Duration grace) {
        if (record.stopSignal().equals("SIGTERM")) {
            record.process().ifPresent(ProcessId::terminate);
        } else if (!engines.of(record).signal(container.id(), record.stopSignal())) {
            // An unknown signal or a process that has just gone: the kill settles both.
            kill(container, record);
            return;
        }
        if (!ended(container, grace)) {
            kill(container, record);
        }
    }

    /** Kills the first process, and with it all in its namespace, and waits until its end is noted. */
    void kill(ContainerDir container, ContainerRecord record) {
        record.process().ifPresent(ProcessId::kill);
        if (!ended(container, KILLED)) {
            throw new SkepException(
                    ErrorCode.TIMED_OUT,
                    "the container " + container.id() + " did not end " + KILLED.toSeconds()
                            + " s after it was killed; its process may hang in the kernel");
        }
    }

    private boolean ended(ContainerDir container, Duration within) {
        CompletableFuture<Exit> exit = exits.await(container.id());
        try {
            exit.get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw Exits.stopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Exits.stopped();
        }
    }
}
