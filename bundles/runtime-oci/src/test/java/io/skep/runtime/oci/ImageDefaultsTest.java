package io.skep.runtime.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.contracts.runtime.Programs;
import io.skep.contracts.runtime.RuntimeBench;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comes from an image when nothing is asked for, and the init that can be asked for. */
@Timeout(60)
class ImageDefaultsTest {
    private static @Nullable OciLab lab;

    @BeforeAll
    static void openLab(@TempDir Path scratch) throws IOException {
        lab = OciLab.open(scratch);
    }

    private static OciLab lab() {
        return Objects.requireNonNull(lab);
    }

    @Test
    void commandAndVariablesComeFromTheImage() {
        try (RuntimeBench bench = lab().bench("runc")) {
            assertThat(bench.outputOf(bench.config())).containsExactly("by default");
            assertThat(bench.outputOf(bench.config().arguments(Programs.shell("echo $FLAVOUR"))))
                    .containsExactly("plain");
        }
    }

    @Test
    void aVolumeOfTheImageIsTheContainersOwnAndGoesWithIt() {
        try (RuntimeBench bench = lab().bench("runc")) {
            String id = bench.run(bench.config().arguments(Programs.shell("cat /store/first; touch /store/mine")));
            bench.exit(id);
            assertThat(bench.output(id)).containsExactly("from the image");
            Path volumes = lab().root().resolve("containers/" + id + "/volumes");
            assertThat(volumes.resolve("store/mine")).exists();
            bench.runtime().remove(id);
            assertThat(volumes).doesNotExist();
        }
    }

    @Test
    void anInitReapsOrphansAndForwardsSignals() {
        Engines host = new Engines(lab().root(), "runc", Engines.SEARCHED);
        Assumptions.assumeTrue(
                host.find("tini-static").or(() -> host.find("catatonit")).isPresent(),
                "SKIPPED: tini is not installed");
        try (RuntimeBench bench = lab().bench("runc")) {
            String id =
                    bench.run(bench.config().init().arguments(bench.programs().until("TERM", 7)));
            bench.awaitReady(id);
            assertThat(bench.runtime()
                            .exec(id, Programs.shell("cat /proc/1/comm"), Duration.ofSeconds(20))
                            .output())
                    .contains("skep-init");
            bench.runtime().stop(id, Duration.ofSeconds(20));
            assertThat(bench.exit(id).code()).isEqualTo(7);
        }
    }
}
