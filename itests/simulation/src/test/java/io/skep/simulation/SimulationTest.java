package io.skep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    void withoutFaultsEverythingComesToRest(@TempDir Path one, @TempDir Path other) {
        assertThat(tell(0, false, one)).isEqualTo(tell(0, false, other));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void afterFaultsEverythingComesToRest(long seed, @TempDir Path one, @TempDir Path other) {
        assertThat(tell(seed, true, one)).as("the trace of seed %s", seed).isEqualTo(tell(seed, true, other));
    }

    private static String tell(long seed, boolean faults, Path directory) {
        try {
            return Storm.run(seed, faults, directory);
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError(
                    "to repeat: mvn -pl itests/simulation test -Dskep.seed=" + seed + "\n" + failure.getMessage(),
                    failure);
        }
    }
}
