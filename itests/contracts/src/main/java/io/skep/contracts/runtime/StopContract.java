package io.skep.contracts.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Gentle first, then not. */
interface StopContract extends RuntimeSubject {
    @Test
    default void theStopSignalIsHonoured() {
        String id = bench().run(bench().programs().forever());
        bench().awaitReady(id);
        bench().runtime().stop(id, Duration.ofSeconds(20));
        assertThat(bench().exit(id).code()).isZero();
    }

    @Test
    default void anotherStopSignalIsSent() {
        String id = bench().run(bench().config()
                .arguments(bench().programs().until("USR1", 9))
                .stopSignal("SIGUSR1"));
        bench().awaitReady(id);
        bench().runtime().stop(id, Duration.ofSeconds(20));
        assertThat(bench().exit(id).code()).isEqualTo(9);
    }

    @Test
    default void whoDoesNotStopIsKilledAfterTheGrace() {
        String id = bench().run(bench().programs().stubborn());
        bench().awaitReady(id);
        long before = System.nanoTime();
        bench().runtime().stop(id, Duration.ofMillis(400));
        long took = System.nanoTime() - before;
        assertThat(bench().exit(id).code()).isEqualTo(137);
        if (bench().has(RuntimeFeature.REAL_TIME)) {
            assertThat(Duration.ofNanos(took)).isBetween(Duration.ofMillis(380), Duration.ofSeconds(10));
        }
    }

    @Test
    default void noGraceKillsAtOnce() {
        String id = bench().run(bench().programs().stubborn());
        bench().awaitReady(id);
        bench().runtime().stop(id, Duration.ZERO);
        assertThat(bench().exit(id).code()).isEqualTo(137);
    }
}
