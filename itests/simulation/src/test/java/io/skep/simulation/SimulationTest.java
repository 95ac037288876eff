package io.skep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to a swarm, it comes to rest as its operators want it; and the same seed tells the same story. */
class SimulationTest {
    private static final int STANDARD = 200;

    static LongStream seeds() {
        String one = System.getProperty("skep.seed", "");
        String many = System.getProperty("skep.seeds", "");
        return one.isEmpty()
                ? LongStream.rangeClosed(1, many.isEmpty() ? STANDARD : Long.parseLong(many))
                : LongStream.of(Long.parseLong(one));
    }

    @Test
    void withoutFaultsEverythingComesToRest() {
        assertThat(tell(0, false)).isEqualTo(tell(0, false));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void afterFaultsEverythingComesToRest(long seed) {
        assertThat(tell(seed, true)).as("the trace of seed %s", seed).isEqualTo(tell(seed, true));
    }

    private static String tell(long seed, boolean faults) {
        try {
            return Storm.run(seed, faults);
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError(
                    "to repeat: mvn -pl itests/simulation test -Dskep.seed=" + seed + "\n" + failure.getMessage(),
                    failure);
        }
    }
}
