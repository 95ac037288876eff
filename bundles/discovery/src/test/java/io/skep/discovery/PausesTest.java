package io.skep.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.gossip.Member;
import io.skep.api.gossip.Member.Liveness;
import io.skep.contracts.kernel.ManualLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** For how long a node whose gossip is swapped is not taken for dead. */
class PausesTest {
    private static final Map<String, Map<String, byte[]>> PAUSED = Map.of("n2", Map.of("gossip", new byte[0]));
    private static final Map<String, Map<String, byte[]>> BACK = Map.of("n2", Map.of());

    private final ManualLoop loop = new ManualLoop();
    private final List<String> ended = new ArrayList<>();
    private final Pauses pauses = new Pauses(loop.open("test"), () -> ended.add("ended"));

    private Liveness seen(Liveness liveness, Map<String, Map<String, byte[]>> told) {
        return pauses.members(List.of(new Member("n2", "n2:7946", liveness)), told)
                .get(0)
                .liveness();
    }

    @Test
    void aDeadOneIsSuspectUntilThePauseHasLastedTooLong() {
        assertThat(seen(Liveness.ALIVE, PAUSED)).isEqualTo(Liveness.ALIVE);
        assertThat(seen(Liveness.DEAD, PAUSED)).isEqualTo(Liveness.SUSPECT);
        loop.pass(Duration.ofSeconds(20));
        assertThat(seen(Liveness.DEAD, PAUSED)).isEqualTo(Liveness.SUSPECT);
        loop.pass(Duration.ofSeconds(20));
        assertThat(ended).containsExactly("ended");
        assertThat(seen(Liveness.DEAD, PAUSED)).isEqualTo(Liveness.DEAD);
    }

    @Test
    void aNodeThatWasNeverSeenAliveIsNotWaitedFor() {
        assertThat(seen(Liveness.DEAD, PAUSED)).isEqualTo(Liveness.DEAD);
        assertThat(seen(Liveness.ALIVE, BACK)).isEqualTo(Liveness.ALIVE);
        assertThat(seen(Liveness.DEAD, PAUSED)).isEqualTo(Liveness.SUSPECT);
    }

    @Test
    void theNextPauseIsAnotherOne() {
        seen(Liveness.ALIVE, BACK);
        seen(Liveness.DEAD, PAUSED);
        loop.pass(Duration.ofSeconds(20));
        assertThat(seen(Liveness.DEAD, BACK)).isEqualTo(Liveness.DEAD);
        assertThat(seen(Liveness.DEAD, PAUSED)).isEqualTo(Liveness.SUSPECT);
        loop.pass(Duration.ofSeconds(20));
        assertThat(ended).isEmpty();
        assertThat(seen(Liveness.DEAD, PAUSED)).isEqualTo(Liveness.SUSPECT);
    }
}
