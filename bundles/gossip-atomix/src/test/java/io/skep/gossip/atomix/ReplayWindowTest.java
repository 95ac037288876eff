package io.skep.gossip.atomix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplayWindowTest {
    private final ReplayWindow window = new ReplayWindow();

    @Test
    void acceptsEachNumberOnce() {
        for (long i = 1; i < 5_000; i++) {
            assertThat(window.accept(i)).isTrue();
            assertThat(window.accept(i)).isFalse();
        }
    }

    @Test
    void acceptsDisorderWithinTheWindow() {
        assertThat(window.accept(1_000)).isTrue();
        assertThat(window.accept(1)).isTrue();
        assertThat(window.accept(999)).isTrue();
        assertThat(window.accept(1)).isFalse();
    }

    @Test
    void refusesWhatIsTooOldToTell() {
        assertThat(window.accept(10_000)).isTrue();
        assertThat(window.accept(10_000 - 1_024)).isFalse();
        assertThat(window.accept(10_000 - 1_023)).isTrue();
    }

    @Test
    void forgetsWhatALeapHasPassed() {
        assertThat(window.accept(5)).isTrue();
        assertThat(window.accept(5 + 1_024)).isTrue();
        assertThat(window.accept(6)).isTrue();
        assertThat(window.accept(5)).isFalse();
    }

    @Test
    void refusesWhatNoSenderCounts() {
        assertThat(window.accept(0)).isFalse();
        assertThat(window.accept(-1)).isFalse();
        assertThat(window.accept(Long.MIN_VALUE)).isFalse();
    }
}
