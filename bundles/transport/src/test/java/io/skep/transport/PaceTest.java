package io.skep.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.identity.ManagerAddress;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The small rules: signs of life, times of retries, addresses. */
final class PaceTest {
    private static String ticks(Liveness liveness, int count, boolean busy) {
        StringBuilder told = new StringBuilder();
        for (int i = 0; i < count; i++) {
            told.append(
                    switch (liveness.tick(busy)) {
                        case NOTHING -> '.';
                        case PING -> 'p';
                        case GIVE_UP -> 'x';
                    });
        }
        return told.toString();
    }

    @Test
    void givesUpAPeerThatOwesAnAnswerAfterSixTicksWithoutAWord() {
        assertThat(ticks(new Liveness(Pace.NORMAL), 7, true)).isEqualTo("p.....x");
    }

    @Test
    void pingsAgainAfterAWord() {
        Liveness liveness = new Liveness(Pace.NORMAL);

        assertThat(ticks(liveness, 5, true)).isEqualTo("p....");
        liveness.heard();
        assertThat(ticks(liveness, 7, true)).isEqualTo("p.....x");
    }

    @Test
    void looksSeldomAfterAPeerThatOwesNothing() {
        assertThat(ticks(new Liveness(Pace.NORMAL), 66, false)).isEqualTo(".".repeat(59) + "p.....x");
    }

    @Test
    void doesNotTakeALongIdleConnectionForDead() {
        Liveness liveness = new Liveness(Pace.NORMAL);
        ticks(liveness, 50, false);

        assertThat(ticks(liveness, 3, true)).isEqualTo("p..");
    }

    @Test
    void triesAgainSoonAtFirstAndThenLaterButNeverVeryLate() {
        Backoff backoff = new Backoff(Pace.NORMAL, () -> 0.9999);
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            backoff.failed(new SkepException(ErrorCode.PART_MISSING, "try " + i), 0);
            waits.add(Math.round(backoff.left(0).toNanos() / 1e6));
        }

        assertThat(waits)
                .startsWith(20L, 40L, 80L, 160L, 320L, 640L, 1000L, 1000L)
                .endsWith(1000L);
        assertThat(backoff.waitsFor(0)).hasMessage("try 29");
        assertThat(backoff.waitsFor(Duration.ofSeconds(1).toNanos())).isNull();
    }

    @Test
    void spreadsTheTriesOfManyNodes() {
        Backoff backoff = new Backoff(Pace.NORMAL, () -> 0);
        backoff.failed(new SkepException(ErrorCode.PART_MISSING, "no"), 0);

        assertThat(backoff.left(0)).isEqualTo(Duration.ofMillis(10));
        backoff.reset();
        assertThat(backoff.left(0)).isZero();
        assertThat(backoff.waitsFor(0)).isNull();
    }

    @Test
    void triesWhatWasLearnedAndWhereTheManagerIsSaidToBeInTurn() {
        TestNode node = new TestNode("one", "s", new TestCa("s").issue("one", NodeRole.MANAGER));
        node.managers(List.of(new ManagerAddress("two", "10.0.0.2:2377")));
        Addresses addresses = new Addresses(node);

        assertThat(addresses.of("two", 0)).contains("10.0.0.2:2377");
        assertThat(addresses.learn("two", "10.0.0.3:2377")).isTrue();
        assertThat(addresses.learn("two", "10.0.0.3:2377")).isFalse();
        assertThat(addresses.of("two", 0)).contains("10.0.0.3:2377");
        assertThat(addresses.of("two", 1)).contains("10.0.0.2:2377");
        assertThat(addresses.of("three", 0)).isEmpty();
    }

    @Test
    void readsAddresses() {
        assertThat(Addresses.parse("host:1").getHostString()).isEqualTo("host");
        assertThat(Addresses.parse("[fe80::1]:2377").getHostString()).isEqualTo("fe80::1");
        assertThat(List.of("", "host", ":1", "host:", "host:x", "host:70000", "host:-1"))
                .allSatisfy(wrong ->
                        assertThatThrownBy(() -> Addresses.parse(wrong)).hasMessageContaining("host:port"));
    }

    @Test
    void countsStrangers() {
        Guests guests = new Guests();
        for (int i = 0; i < 64; i++) {
            assertThat(guests.enter("10.0.0.1")).isTrue();
        }

        assertThat(guests.enter("10.0.0.1")).isFalse();
        assertThat(guests.enter("10.0.0.2")).isTrue();
        guests.leave("10.0.0.1");
        assertThat(guests.enter("10.0.0.1")).isTrue();
    }
}
