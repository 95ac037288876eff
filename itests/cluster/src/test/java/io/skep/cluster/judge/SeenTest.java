package io.skep.cluster.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.cluster.judge.Prefixes.Applied;
import io.skep.cluster.judge.Slots.Running;
import io.skep.cluster.judge.Terms.Leadership;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is judged of what was seen at one place: terms, logs, slots. */
class SeenTest {
    @Test
    void aTermHasOneLeader() {
        assertThat(Terms.violations(List.of(new Leadership(1, "h1"), new Leadership(2, "h2"), new Leadership(1, "h1"))))
                .isEmpty();
        assertThat(Terms.violations(List.of(new Leadership(3, "h2"), new Leadership(3, "h1"))))
                .containsExactly("term 3 was led by h1 and h2");
    }

    @Test
    void managersApplyTheSameAtTheSamePlace() {
        assertThat(Prefixes.violations(
                        List.of(new Applied("h1", 1, "a"), new Applied("h1", 2, "b"), new Applied("h2", 1, "a"))))
                .isEmpty();
        assertThat(Prefixes.violations(List.of(new Applied("h1", 7, "a"), new Applied("h2", 7, "b"))))
                .containsExactly("at 7 h1 applied a but h2 b");
    }

    @Test
    void eachSlotRunsOnce() {
        Running first = new Running("web", 1, "h1 t1");
        Running second = new Running("web", 2, "h2 t2");
        Map<String, Integer> wanted = Map.of("web", 2);
        assertThat(Slots.violations(wanted, List.of(first, second))).isEmpty();
        assertThat(Slots.violations(wanted, List.of(first))).containsExactly("web.2 does not run");
        assertThat(Slots.violations(wanted, List.of(first, second, new Running("web", 2, "h3 t3"))))
                .containsExactly("web.2 runs several times: [h2 t2, h3 t3]");
        assertThat(Slots.violations(wanted, List.of(first, second, new Running("web", 3, "h3 t4"))))
                .containsExactly("web.3 runs on h3 t4 but should not be there");
    }
}
