package io.skep.runtime.oci.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.runtime.Image;
import io.skep.api.runtime.Progress;
import io.skep.contracts.runtime.TarBuilder;
import io.skep.contracts.runtime.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures loading and mounting and prints the figures: {@code mvn -f bundles/runtime-oci/pom.xml test
 * -Dtest=ImageFiguresTest -Dskep.test.jvm=-Dskep.figures=true}, then read the test's output file.
 */
@EnabledIfSystemProperty(named = "skep.figures", matches = "true")
class ImageFiguresTest {
    private static final int FILES = 2000;
    private static final int FILE_BYTES = 25_000;
    private static final int CONTAINERS = 20;
    private static final int ROUNDS = 5;

    private Path directory;

    @BeforeEach
    void prepare(@TempDir Path temporary) {
        directory = temporary;
    }

    @Test
    void loads100Megabytes() throws IOException {
        TestImage image = TestImage.of("{}", layer(1), layer(2));
        Path plain = TestImage.writeTar(directory.resolve("plain.tar"), image.dockerArchive("web:1"));
        Path oci = TestImage.writeTar(directory.resolve("oci.tar"), image.layout("web:1"));
        for (int round = 0; round < ROUNDS; round++) {
            load("docker archive of 100 MB, 2 layers, 4000 files", plain, round);
            load("OCI archive of the same, layers compressed to " + Text.megabytes(Files.size(oci)), oci, round);
        }
    }

    @Test
    void mounts() throws IOException {
        LayeredImageStore store = new LayeredImageStore(directory.resolve("store"), LayerLimits.STANDARD);
        byte[][] layers = new byte[10][];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = new TarBuilder().file("f" + i, "x").build();
        }
        Path tar = TestImage.writeTar(
                directory.resolve("a.tar"), TestImage.of("{}", layers).dockerArchive("web"));
        Image image = store.load(tar, Progress.NONE).get(0);
        for (int round = 0; round < ROUNDS; round++) {
            List<Path> containers = containers(round);
            print("mount 1 root file system of 10 layers", time(() -> store.mount(image, containers.get(0))));
            print("mount 19 more, one after the other", time(() -> containers.forEach(c -> store.mount(image, c))));
            print("unmount 20, one after the other", time(() -> containers.forEach(store::unmount)));
            print("mount 20, two at once", time(() -> twoAtOnce(containers, c -> store.mount(image, c))));
            print("unmount 20, two at once", time(() -> twoAtOnce(containers, store::unmount)));
        }
        assertThat(store.mounted()).isEmpty();
    }

    private void load(String what, Path file, int round) {
        Path root = directory.resolve("store-" + file.getFileName() + round);
        LayeredImageStore store = new LayeredImageStore(root, LayerLimits.STANDARD);
        print("load " + what, time(() -> store.load(file, Progress.NONE)));
        print("load it again", time(() -> store.load(file, Progress.NONE)));
        print("open the store", time(() -> new LayeredImageStore(root, LayerLimits.STANDARD)));
        print("remove it", time(() -> store.remove("web:1")));
    }

    private List<Path> containers(int round) throws IOException {
        List<Path> containers = new ArrayList<>();
        for (int i = 0; i < CONTAINERS; i++) {
            containers.add(Files.createDirectories(directory.resolve("store/containers/r" + round + "c" + i)));
        }
        return containers;
    }

    private static void twoAtOnce(List<Path> containers, java.util.function.Consumer<Path> verb) {
        int half = containers.size() / 2;
        CompletableFuture<Void> first =
                CompletableFuture.runAsync(() -> containers.subList(0, half).forEach(verb));
        containers.subList(half, containers.size()).forEach(verb);
        first.join();
    }

    /** Bytes that compress to about half, as programs do. */
    private static byte[] layer(int seed) {
        Random random = new Random(seed);
        TarBuilder tar = new TarBuilder();
        for (int i = 0; i < FILES; i++) {
            byte[] noise = new byte[FILE_BYTES / 2];
            random.nextBytes(noise);
            byte[] whole = Arrays.copyOf(noise, FILE_BYTES);
            tar.file("d" + seed + "-" + i % 50 + "-" + i, 0644, whole);
        }
        return tar.build();
    }

    private static long time(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1000;
    }

    private static void print(String what, long micros) {
        System.out.println(String.format(Locale.ROOT, "%10.1f ms  %s", micros / 1000.0, what));
    }
}
