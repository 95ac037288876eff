package io.skep.gossip.atomix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final List<String> OWNERS = List.of("dead", "living");

    private final Retention retention = new Retention(100);

    @Test
    void theLivingStay() {
        assertThat(retention.expire(OWNERS, owner -> true, 0)).isEmpty();
        assertThat(retention.expire(OWNERS, owner -> true, 1_000)).isEmpty();
    }

    @Test
    void theDeadGoWhenTheirTimeIsOver() {
        assertThat(retention.expire(OWNERS, "living"::equals, 5)).isEmpty();
        assertThat(retention.expire(OWNERS, "living"::equals, 104)).isEmpty();
        assertThat(retention.expire(OWNERS, "living"::equals, 105)).containsExactly("dead");
    }

    @Test
    void theirTimeBeginsAnewWhenTheyCameBack() {
        retention.expire(OWNERS, "living"::equals, 0);
        retention.expire(OWNERS, owner -> true, 50);
        retention.expire(OWNERS, "living"::equals, 60);

        assertThat(retention.expire(OWNERS, "living"::equals, 159)).isEmpty();
        assertThat(retention.expire(OWNERS, "living"::equals, 160)).containsExactly("dead");
    }

    @Test
    void theDeadAreNotOfferedInTheSecondHalf() {
        retention.expire(OWNERS, "living"::equals, 0);

        assertThat(retention.offered("dead", 49)).isTrue();
        assertThat(retention.offered("dead", 50)).isFalse();
        assertThat(retention.offered("living", 50)).isTrue();
    }
}
