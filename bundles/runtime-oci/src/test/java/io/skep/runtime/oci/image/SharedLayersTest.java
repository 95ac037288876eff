package io.skep.runtime.oci.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.runtime.Progress;
import io.skep.contracts.Await;
import io.skep.contracts.runtime.TarBuilder;
import io.skep.contracts.runtime.TestImage;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many threads load and remove images that share layers: no layer is lost, none is left. */
class SharedLayersTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 5;

    @Test
    void noLayerIsLostOrLeft(@TempDir Path directory) {
        byte[] shared = new TarBuilder().file("shared", "x").build();
        List<Path> archives = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            byte[] own = new TarBuilder().file("own" + i % 2, "x").build();
            TestImage image = TestImage.of("{\"User\":\"" + i + "\"}", shared, own);
            archives.add(TestImage.writeTar(directory.resolve(i + ".tar"), image.dockerArchive("web:" + i % 3)));
        }
        LayeredImageStore store = new LayeredImageStore(directory.resolve("store"), LayerLimits.STANDARD);
        List<String> empty = Trees.settled(directory.resolve("store"));

        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            threads.add(
                    CompletableFuture.runAsync(() -> loadAndRemove(store, archives.get(number), "web:" + number % 3)));
        }
        threads.forEach(Await::answer);

        assertThat(store.list()).isEmpty();
        assertThat(Trees.settled(directory.resolve("store"))).isEqualTo(empty);
    }

    private static void loadAndRemove(LayeredImageStore store, Path archive, String reference) {
        for (int round = 0; round < ROUNDS; round++) {
            store.load(archive, Progress.NONE);
            try {
                store.remove(reference);
            } catch (SkepException e) {
                // another thread uses the same name
                assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND);
            }
        }
    }
}
