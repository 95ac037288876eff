package io.skep.cluster.lab;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * What a bad link does to frames.
 *
 * @param delay of every frame
 * @param jitter a further delay of up to this, different for each frame, so that frames overtake one another
 * @param loss the share of frames that are lost, 0 to 1
 * @param duplication the share of frames that arrive twice, 0 to 1
 */
public record Impairment(Duration delay, Duration jitter, double loss, double duplication) {
    /** A link that is only slow. */
    public static Impairment delay(Duration delay) {
        return new Impairment(delay, Duration.ZERO, 0, 0);
    }

    /** A link that is only lossy. */
    public static Impairment loss(double share) {
        return new Impairment(Duration.ZERO, Duration.ZERO, share, 0);
    }

    /** After how many nanoseconds each copy of the next frame arrives. */
    List<Long> fate(Random chance) {
        // Always as many draws, so that a seed decides over a frame whatever was decided over those before.
        boolean lost = chance.nextDouble() < loss;
        boolean twice = chance.nextDouble() < duplication;
        long first = arrival(chance);
        long second = arrival(chance);
        if (lost) {
            return List.of();
        }
        return twice ? List.of(first, second) : List.of(first);
    }

    private long arrival(Random chance) {
        return delay.toNanos() + (long) (chance.nextDouble() * jitter.toNanos());
    }
}
