package io.skep.transport;

/**
 * Tells whether the other side of a connection lives, counted in ticks rather than time: a pause of this process is one tick, and what
 * arrived meanwhile is read before the next.
 */
final class Liveness {
    /** What a tick asks for. */
    enum Advice {
        NOTHING,
        PING,
        /** The other side is dead or cut off. */
        GIVE_UP
    }

    private final Pace pace;
    private int silent;
    private int unanswered;

    Liveness(Pace pace) {
        this.pace = pace;
    }

    /** Something arrived, or the other side's kernel took what it had no room for. */
    void heard() {
        silent = 0;
        unanswered = 0;
    }

    /**
     * One tick later.
     *
     * @param busy true while this side waits for an answer
     */
    Advice tick(boolean busy) {
        silent++;
        if (unanswered > 0) {
            return ++unanswered > pace.ticksUntilDead() ? Advice.GIVE_UP : Advice.NOTHING;
        }
        if (silent < (busy ? pace.silentTicksBusy() : pace.silentTicksIdle())) {
            return Advice.NOTHING;
        }
        unanswered = 1;
        return Advice.PING;
    }
}
