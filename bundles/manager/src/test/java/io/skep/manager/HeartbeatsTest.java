package io.skep.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is lost, when time passes as it does not on a quiet machine. */
class HeartbeatsTest {
    private static final Duration BEAT = Duration.ofMillis(400);
    private final Heartbeats heartbeats = new Heartbeats();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @BeforeEach
    void begin() {
        heartbeats.restart(List.of(), now, BEAT);
        heartbeats.heard("silent", now, BEAT);
    }

    private List<String> lost() {
        return heartbeats.lost(now, BEAT, node -> false);
    }

    private List<String> lostAfter(int beats) {
        for (int i = 0; i < 2 * beats; i++) {
            now = now.plus(BEAT.dividedBy(2));
            heartbeats.heard("alive", now, BEAT);
            List<String> lost = lost();
            if (!lost.isEmpty()) {
                return lost;
            }
        }
        return List.of();
    }

    @ParameterizedTest
    @CsvSource({
        "400, 1, 400", //
        "400, 320, 400",
        "400, 324, 405",
        "400, 1000, 1250",
        "5000, 1000, 5000"
    })
    void manyNodesBeatLessOften(long asked, int nodes, long told) {
        assertThat(Heartbeats.period(Duration.ofMillis(asked), nodes)).isEqualTo(Duration.ofMillis(told));
    }

    @Test
    void whoeverIsSilentForFiveBeatsIsLost() {
        assertThat(lostAfter(4)).isEmpty();
        assertThat(lostAfter(1)).containsExactly("silent");
    }

    @Test
    void aPauseOfTheManagerCountsForNobody() {
        assertThat(lostAfter(3)).isEmpty();
        now = now.plusSeconds(60);
        assertThat(lost()).isEmpty();
        assertThat(lostAfter(3)).containsExactly("silent");
    }

    @Test
    void aClockThatIsSetBackHidesNobody() {
        now = now.minusSeconds(3600);
        assertThat(lost()).isEmpty();
        assertThat(lostAfter(6)).containsExactly("silent");
    }

    @Test
    void aClockThatIsSetForwardBlamesNobody() {
        now = now.plusSeconds(3600);
        assertThat(lost()).isEmpty();
        assertThat(lostAfter(6)).containsExactly("silent");
    }

    @Test
    void whoeverBeatsAfterTheClockWasSetIsNotBlamedForTheTimeBefore() {
        now = now.minusSeconds(10);
        heartbeats.heard("alive", now, BEAT);
        assertThat(lost()).isEmpty();
        assertThat(lostAfter(3)).isEmpty();
        assertThat(lostAfter(9)).doesNotContain("alive");
    }
}
