package io.skep.runtime.oci.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.runtime.Image;
import io.skep.api.runtime.ImageConfig;
import io.skep.api.runtime.Progress;
import io.skep.contracts.runtime.TarBuilder;
import io.skep.contracts.runtime.TestImage;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that were killed in the middle, tampered with or ran out of space; needs root. */
class RecoveryTest {
    private final TestImage image = TestImage.of(
            "{\"Cmd\":[\"x\"]}",
            new TarBuilder().file("a", "lower").build(),
            new TarBuilder().file("b", "upper").build());

    private Path directory;
    private Path root;
    private Path tar;

    @BeforeEach
    void prepare(@TempDir Path temporary) {
        directory = temporary;
        root = directory.resolve("store");
        tar = TestImage.writeTar(directory.resolve("image.tar"), image.dockerArchive("web:1"));
    }

    @Test
    void whatAKilledLoadLeftIsRemoved() throws IOException {
        List<Image> loaded = open().load(tar, Progress.NONE);
        List<String> whole = Trees.settled(root);
        // a load killed while it unpacked, and one killed after a layer was in place but before the image was
        Files.createDirectories(root.resolve("tmp/layer-123/layer/etc"));
        Files.writeString(root.resolve("tmp/layer-123/layer/etc/half"), "ha");
        Files.createDirectories(root.resolve("tmp/trash-9/layer/x"));
        Files.writeString(root.resolve("tmp/file-1"), "{");
        String orphan = "ab".repeat(32);
        Files.createDirectories(root.resolve("layers/sha256/" + orphan + "/etc"));
        Files.writeString(root.resolve("layers/sha256/" + orphan + ".json"), "{\"bytes\":5}");
        Files.createDirectories(root.resolve("layers/sha256/" + "cd".repeat(32)));
        Files.writeString(root.resolve("layers/sha256/" + "ef".repeat(32) + ".json"), "{\"bytes\":5}");
        Files.createSymbolicLink(root.resolve("l/abababababab"), Path.of("../layers/sha256/" + orphan));
        assertThat(open().list()).isEqualTo(loaded);
        assertThat(Trees.settled(root)).isEqualTo(whole);
    }

    @Test
    void anImageThatLacksALayerIsForgottenAndCanBeLoadedAgain() throws IOException {
        open().load(tar, Progress.NONE);
        List<String> whole = Trees.settled(root);
        Path layer =
                root.resolve("layers/sha256").resolve(image.diffIds().get(1).substring(7));
        Files.delete(layer.resolve("b"));
        Files.delete(layer);
        LayeredImageStore next = open();
        assertThat(next.list()).isEmpty();
        assertThat(Trees.listing(root.resolve("layers/sha256"))).containsExactly("");
        next.load(tar, Progress.NONE);
        assertThat(Trees.settled(root)).isEqualTo(whole);
    }

    @Test
    void aDamagedImageFileIsForgotten() throws IOException {
        open().load(tar, Progress.NONE);
        Files.writeString(root.resolve("images/web:1.json"), "{\"reference\":");
        assertThat(open().list()).isEmpty();
        assertThat(Trees.listing(root.resolve("images"))).containsExactly("");
    }

    @Test
    void metadataCanBeReadByPeople() throws IOException {
        open().load(tar, Progress.NONE);
        assertThat(Files.readString(root.resolve("images/web:1.json")))
                .contains("\"reference\" : \"web:1\"", "\"id\" : \"" + image.id() + "\"", "\"Cmd\" : [ \"x\" ]");
    }

    @Test
    void longNamesAreKept() {
        String name = "registry.example.org:5000/" + "a/".repeat(100) + "web";
        Image imported = open().importRootfs(
                        TestImage.write(
                                directory.resolve("r.tar"), image.layers().get(0)),
                        name,
                        ImageConfig.EMPTY,
                        Progress.NONE);
        assertThat(open().find(name)).contains(imported);
    }

    @Test
    void aFullDiskIsSaidAndNothingIsLeft() throws IOException {
        Files.createDirectories(root);
        HostCommand.run(
                "mounting", directory, List.of("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", root.toString()));
        try {
            LayeredImageStore store = open();
            List<Image> kept = store.load(tar, Progress.NONE);
            List<String> before = Trees.settled(root);
            byte[] noise = new byte[6_000_000];
            new Random(1).nextBytes(noise);
            byte[] layer = new TarBuilder()
                    .file("small", "x")
                    .file("noise", 0644, noise)
                    .build();
            TestImage large =
                    TestImage.of("{}", new TarBuilder().file("first", "x").build(), layer);
            Path plain = TestImage.writeTar(directory.resolve("large.tar"), large.dockerArchive("large"));
            Path zipped = TestImage.write(directory.resolve("large.tar.gz"), TestImage.gzip(Files.readAllBytes(plain)));
            Path rootfs = TestImage.write(directory.resolve("rootfs.tar"), layer);
            assertExhausted(() -> store.load(plain, Progress.NONE));
            assertExhausted(() -> store.load(zipped, Progress.NONE));
            assertExhausted(() -> store.importRootfs(rootfs, "large", ImageConfig.EMPTY, Progress.NONE));
            assertThat(Trees.settled(root)).isEqualTo(before);
            assertThat(store.list()).isEqualTo(kept);
            assertThat(open().list()).isEqualTo(kept);
        } finally {
            HostCommand.run("unmounting", directory, List.of("umount", root.toString()));
        }
    }

    @Test
    void anInterruptedLoadLeavesNothing() {
        LayeredImageStore store = open();
        List<String> before = Trees.settled(root);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> store.load(tar, Progress.NONE))
                .isInstanceOfSatisfying(
                        SkepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PART_MISSING));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Trees.settled(root)).isEqualTo(before);
    }

    @Test
    void anIdPrefixOfTwoImagesIsAmbiguous() {
        LayeredImageStore store = open();
        TestImage[] alike = alike();
        for (int i = 0; i < 2; i++) {
            Path file = TestImage.writeTar(directory.resolve("alike.tar"), alike[i].dockerArchive("alike:" + i));
            store.load(file, Progress.NONE);
        }
        assertThatThrownBy(() -> store.find(alike[0].id().substring(7, 11)))
                .isInstanceOfSatisfying(
                        SkepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AMBIGUOUS))
                .hasMessageContaining(alike[1].id());
    }

    @Test
    void anIdOfSeveralNamesIsNotRemovedByIt() {
        LayeredImageStore store = open();
        store.load(
                TestImage.writeTar(directory.resolve("two.tar"), image.dockerArchive("web:1", "web:2")), Progress.NONE);
        assertThatThrownBy(() -> store.remove(image.id())).hasMessageContaining("web:1, web:2");
        store.remove("web:2");
        store.remove(image.id());
        assertThat(store.list()).isEmpty();
    }

    private LayeredImageStore open() {
        return new LayeredImageStore(root, LayerLimits.STANDARD);
    }

    private static void assertExhausted(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.EXHAUSTED))
                .hasMessageContaining("free space");
    }

    /** Two images whose ids begin with the same four digits. */
    private static TestImage[] alike() {
        byte[] layer = new TarBuilder().file("a", "1").build();
        TestImage[] seen = new TestImage[1 << 16];
        for (int i = 0; ; i++) {
            TestImage candidate = TestImage.of("{\"User\":\"" + i + "\"}", layer);
            int head = Integer.parseInt(candidate.id().substring(7, 11), 16);
            if (seen[head] != null) {
                return new TestImage[] {seen[head], candidate};
            }
            seen[head] = candidate;
        }
    }
}
