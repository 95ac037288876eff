package io.skep.consensus.atomix;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class AllegianceTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000);
    private final Allegiance allegiance = new Allegiance(Duration.ofMillis(600), now::get);

    private void passMillis(long millis) {
        now.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    @Test
    void supportsNobodyWhileItHearsTheLeader() {
        allegiance.heardLeader();
        passMillis(449);
        assertThat(allegiance.supports("a")).isFalse();
        passMillis(1);
        assertThat(allegiance.supports("a")).isTrue();
    }

    @Test
    void supportsOneCandidateAtATime() {
        assertThat(allegiance.supports("a")).isTrue();
        passMillis(299);
        assertThat(allegiance.supports("b")).isFalse();
        assertThat(allegiance.supports("a")).isTrue();
        passMillis(299);
        assertThat(allegiance.supports("b")).isFalse();
        passMillis(1);
        assertThat(allegiance.supports("b")).isTrue();
        assertThat(allegiance.supports("a")).isFalse();
    }
}
