package io.skep.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenewalTimeTest {
    private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

    /** Certificates begin an hour before they are made. */
    @ParameterizedTest
    @CsvSource({
        // lifetime, share, age, wait
        "PT1H,   0,   PT0S,   PT30M", "PT1H, 1, PT0S,   PT40M", "PT1H, 0.5, PT0S, PT35M",
        "PT1H,   0,   PT29M,  PT1M", "PT1H,  0, PT30M,  PT0S", "PT1H,  0, PT2H, PT0S",
        "P90D,   0,   PT0S,   PT1H", "P90D,  0, P44DT23H30M, PT30M", "P90D, 1, P60D, PT0S",
        "P90D,   1,   P59DT23H59M, PT1M"
    })
    void aCertificateIsRenewedBetweenHalfAndTwoThirdsOfItsLife(
            Duration lifetime, double share, Duration age, Duration wait) {
        assertThat(RenewalTime.untilDue(MADE.plus(age), MADE.minus(Duration.ofHours(1)), MADE.plus(lifetime), share))
                .isCloseTo(wait, Duration.ofMillis(1));
    }

    @Test
    void pausesDoubleFromASecondToAMinute() {
        assertThat(RenewalTime.pause(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(RenewalTime.pause(2)).isEqualTo(Duration.ofSeconds(2));
        assertThat(RenewalTime.pause(7)).isEqualTo(Duration.ofSeconds(64));
        assertThat(RenewalTime.pause(1000)).isEqualTo(Duration.ofSeconds(64));
    }
}
