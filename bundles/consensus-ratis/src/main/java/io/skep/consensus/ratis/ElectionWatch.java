package io.skep.consensus.ratis;

import io.skep.consensus.support.EngineThread;
import java.time.Duration;

/**
 * Notices a server that has given up: when Ratis cannot write down its vote, because the disk is full for a moment, it stays a candidate
 * that never asks again. One that lives and knows no leader asks for votes about once a second. All state belongs to the engine's thread.
 */
final class ElectionWatch {
    private final EngineThread thread;
    private final Duration patience;
    private final Runnable onSilence;
    private long lastSign;
    private boolean armed;

    ElectionWatch(EngineThread thread, Timings timings, Runnable onSilence) {
        this.thread = thread;
        this.patience = timings.latestElection().multipliedBy(8);
        this.onSilence = onSilence;
    }

    /** The server has done something, or may be about to. */
    void sign() {
        lastSign = System.nanoTime();
        arm(patience);
    }

    private void arm(Duration wait) {
        if (!armed) {
            armed = true;
            thread.after(wait, this::check);
        }
    }

    private void check() {
        armed = false;
        Duration left = patience.minusNanos(System.nanoTime() - lastSign);
        if (left.isNegative() || left.isZero()) {
            onSilence.run();
        } else {
            arm(left.plusMillis(1));
        }
    }
}
