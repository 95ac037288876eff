package io.skep.runtime.oci;

import static org.assertj.core.api.Assertions.fail;

import io.skep.contracts.runtime.Programs;
import io.skep.contracts.runtime.RuntimeBench;
import io.skep.contracts.runtime.RuntimeFeature;
import io.skep.runtime.oci.image.ImageStores;
import io.skep.runtime.oci.image.LayeredImageStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/** A directory with an image store, in which tests open runtimes with the host's own programs. */
final class OciLab {
    private final Path root;
    private final LayeredImageStore images;
    private final Map<String, Engines> engines = new ConcurrentHashMap<>();

    private OciLab(Path root, LayeredImageStore images) {
        this.root = root;
        this.images = images;
    }

    /** Skips the test where crun, which is optional, is not installed. */
    static void requireCrun(Path scratch) {
        Assumptions.assumeTrue(programs(scratch).find("crun").isPresent(), "SKIPPED: crun is not installed");
    }

    /** Makes the image; skips the tests loudly where they cannot run, but not in CI. */
    static OciLab open(Path scratch) throws IOException {
        for (String program : new String[] {"runc", "conmon", "busybox"}) {
            if (programs(scratch).find(program).isEmpty()) {
                String reason = "SKIPPED: containers cannot be tested without " + program
                        + "; apt-get install -y --no-install-recommends runc conmon busybox-static";
                if (System.getenv("CI") != null) {
                    fail(reason);
                }
                System.err.println(reason);
                Assumptions.abort(reason);
            }
        }
        Path root = scratch.resolve("runtime");
        LayeredImageStore images = ImageStores.open(root);
        BusyboxImage.load(images, scratch);
        return new OciLab(root, images);
    }

    private static Engines programs(Path root) {
        return new Engines(root, Engines.AUTO, Engines.SEARCHED);
    }

    Path root() {
        return root;
    }

    LayeredImageStore images() {
        return images;
    }

    private Engines newEngines(String program) {
        return new Engines(root, program, Engines.SEARCHED);
    }

    OciRuntime runtime(String program) {
        return new OciRuntime(root, engines.computeIfAbsent(program, this::newEngines), images);
    }

    RuntimeBench bench(String program) {
        return bench(() -> runtime(program));
    }

    RuntimeBench bench(Supplier<OciRuntime> open) {
        return new RuntimeBench(
                open,
                runtime -> ((OciRuntime) runtime).close(),
                new RuntimeBench.Settings(
                        BusyboxImage.REFERENCE, Programs.SHELL, EnumSet.allOf(RuntimeFeature.class), () -> {}));
    }
}
