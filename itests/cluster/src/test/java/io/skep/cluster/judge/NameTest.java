package io.skep.cluster.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameTest {
    /** One operation after the other, such as {@code take yes}. */
    private static boolean right(String... lines) {
        List<Operation<Name.Call, Boolean>> history = new ArrayList<>();
        for (String line : lines) {
            Name.Call call = line.startsWith("take") ? Name.Call.TAKE : Name.Call.FREE;
            long time = 10L * history.size();
            history.add(
                    line.endsWith("?")
                            ? Operation.unknown(history.size(), "n", call, time)
                            : Operation.answered(1, "n", call, line.endsWith("yes"), time, time + 5));
        }
        return Linearizability.violations(new Name(), history).isEmpty();
    }

    @Test
    void itIsTakenOnceAndFreedOnce() {
        assertThat(right("take yes", "take no", "free yes", "free no", "take yes"))
                .isTrue();
        assertThat(right("take yes", "take yes")).isFalse();
        assertThat(right("free yes")).isFalse();
        assertThat(right("take no")).isFalse();
        assertThat(right("take yes", "free no")).isFalse();
    }

    @Test
    void freeingMayTakeAWhile() {
        assertThat(right("take yes", "free yes", "take no", "free yes", "take yes"))
                .isTrue();
        assertThat(right("take yes", "free yes", "free no", "free yes")).isFalse();
        assertThat(right("take yes", "free yes", "free no", "take no")).isFalse();
    }

    @Test
    void whatNobodyKnowsMayBeSoOrSo() {
        assertThat(right("take ?", "free yes")).isTrue();
        assertThat(right("take ?", "free no", "take no")).isTrue();
        assertThat(right("take ?", "free no", "take no", "free no")).isFalse();
    }
}
