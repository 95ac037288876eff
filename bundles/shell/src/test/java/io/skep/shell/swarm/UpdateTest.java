package io.skep.shell.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.model.SwarmSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the options of {@code swarm:update} make of a spec. */
class UpdateTest {
    private static SwarmSpec edited(String... words) {
        Update command = new Update();
        new CommandLine(command).parseArgs(words);
        return command.edited(SwarmSpec.STANDARD);
    }

    @Test
    void whatIsNotNamedStays() {
        assertThat(edited()).isEqualTo(SwarmSpec.STANDARD);
    }

    @Test
    void everyOptionChangesItsField() {
        assertThat(edited(
                        "--autolock",
                        "true",
                        "--cert-expiry",
                        "50h",
                        "--task-history-limit",
                        "-1",
                        "--dispatcher-heartbeat=1s"))
                .isEqualTo(new SwarmSpec("spread", -1, Duration.ofSeconds(1), Duration.ofHours(50), true));
    }

    @Test
    void autolockMayStandAlone() {
        assertThat(edited("--autolock", "--task-history-limit", "3").autolock()).isTrue();
        assertThat(edited("--autolock=false").autolock()).isFalse();
    }
}
