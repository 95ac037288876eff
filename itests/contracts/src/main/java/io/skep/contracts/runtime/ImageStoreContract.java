package io.skep.contracts.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.runtime.Image;
import io.skep.api.runtime.ImageConfig;
import io.skep.api.runtime.ImageStore;
import io.skep.api.runtime.Progress;
import io.skep.contracts.Await;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of images must do; an implementation's test extends this. */
public abstract class ImageStoreContract {
    private static final String CONFIG =
            "{\"Entrypoint\":[\"/init\"],\"Cmd\":[\"serve\",\"-v\"],\"Env\":[\"A=1\",\"B=\"],"
                    + "\"WorkingDir\":\"/srv\",\"User\":\"7:8\",\"StopSignal\":\"SIGQUIT\",\"Labels\":{\"k\":\"v\"},"
                    + "\"ExposedPorts\":{\"80/tcp\":{}},\"Volumes\":{\"/data\":{}}}";

    private static final ImageConfig EXPECTED = new ImageConfig(
            List.of("/init"),
            List.of("serve", "-v"),
            List.of("A=1", "B="),
            "/srv",
            "7:8",
            "SIGQUIT",
            Map.of("k", "v"),
            List.of("80/tcp"),
            List.of("/data"));

    private final byte[] lower =
            new TarBuilder().directory("etc", 0755).file("etc/name", "lower").build();
    private final byte[] upper =
            new TarBuilder().directory("etc", 0755).file("etc/more", "upper!").build();
    private final TestImage image = TestImage.of(CONFIG, lower, upper);

    private Path directory;
    private ImageStore store;

    /**
     * Opens a store.
     *
     * @param root the directory of its data; the same again means that the store before was killed
     */
    protected abstract ImageStore open(Path root);

    @BeforeEach
    final void openStore(@TempDir Path temporary) {
        directory = temporary;
        store = open(directory.resolve("store"));
    }

    @Test
    void loadsAnOciLayoutDirectory() {
        Path layout = TestImage.writeDirectory(directory.resolve("layout"), image.layout("example/web:1"));
        List<Image> loaded = store.load(layout, Progress.NONE);
        assertThat(loaded)
                .containsExactly(new Image(
                        "example/web:1",
                        image.id(),
                        Instant.parse("2024-05-06T05:08:09.123Z"),
                        11,
                        image.diffIds(),
                        EXPECTED));
        assertThat(store.list()).isEqualTo(loaded);
    }

    @Test
    void loadsATarOfAnOciLayout() {
        Path tar = TestImage.writeTar(directory.resolve("web.tar"), image.layout("example/web:1"));
        assertThat(store.load(tar, Progress.NONE)).extracting(Image::id).containsExactly(image.id());
    }

    @Test
    void loadsACompressedTarOfAnOciLayout() {
        byte[] tar = TestImage.tar(image.layout("example/web:1"));
        Path file = TestImage.write(directory.resolve("web.tar.gz"), TestImage.gzip(tar));
        assertThat(store.load(file, Progress.NONE)).extracting(Image::id).containsExactly(image.id());
    }

    @Test
    void loadsADockerArchiveUnderEachOfItsTags() {
        Path tar = TestImage.writeTar(directory.resolve("a.tar"), image.dockerArchive("example/web:1", "web:latest"));
        List<Image> loaded = store.load(tar, Progress.NONE);
        assertThat(loaded).extracting(Image::reference).containsExactlyInAnyOrder("example/web:1", "web:latest");
        assertThat(loaded).extracting(Image::id).containsOnly(image.id());
        assertThat(loaded).extracting(Image::config).containsOnly(EXPECTED);
    }

    @Test
    void takesTheImageOfThisPlatform() {
        TestImage foreign = new TestImage(List.of(lower), "{}", "linux/s390x");
        Map<String, TestImage> both = new HashMap<>(Map.of("web:foreign", foreign, "web:1", image));
        Path tar = TestImage.writeTar(directory.resolve("a.tar"), TestImage.layout(both));
        assertThat(store.load(tar, Progress.NONE)).extracting(Image::id).containsExactly(image.id());
    }

    @Test
    void refusesAnImageOfAnotherPlatformAndNamesIt() {
        TestImage foreign = new TestImage(List.of(lower), "{}", "linux/s390x");
        Path tar = TestImage.writeTar(directory.resolve("a.tar"), foreign.dockerArchive("web:1"));
        assertRefused(tar, "linux/s390x");
    }

    @Test
    void loadingAgainChangesNothing() {
        Path tar = TestImage.writeTar(directory.resolve("a.tar"), image.layout("web"));
        List<Image> first = store.load(tar, Progress.NONE);
        assertThat(store.load(tar, Progress.NONE)).isEqualTo(first);
        assertThat(store.list()).isEqualTo(first);
    }

    @Test
    void loadingTheSameAtOnceGivesOneImage() {
        Path tar = TestImage.writeTar(directory.resolve("a.tar"), image.layout("web"));
        List<CompletableFuture<List<Image>>> loads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            loads.add(CompletableFuture.supplyAsync(() -> store.load(tar, Progress.NONE)));
        }
        loads.forEach(
                load -> assertThat(Await.answer(load)).extracting(Image::id).containsExactly(image.id()));
        assertThat(store.list()).hasSize(1);
    }

    @Test
    void aReferenceMovesToTheImageLoadedLast() {
        TestImage next = TestImage.of("{}", lower);
        store.load(TestImage.writeTar(directory.resolve("a.tar"), image.layout("web:1")), Progress.NONE);
        store.load(TestImage.writeTar(directory.resolve("b.tar"), next.layout("web:1")), Progress.NONE);
        assertThat(store.list()).extracting(Image::id).containsExactly(next.id());
    }

    @Test
    void importsARootFileSystem() {
        Path tar = TestImage.write(directory.resolve("rootfs.tar"), lower);
        Image imported = store.importRootfs(tar, "docker.io/library/web", EXPECTED, Progress.NONE);
        assertThat(imported.reference()).isEqualTo("web:latest");
        assertThat(imported.layers()).containsExactly(TestImage.digest(lower));
        assertThat(imported.sizeBytes()).isEqualTo(5);
        assertThat(imported.config()).isEqualTo(EXPECTED);
        assertThat(store.importRootfs(tar, "web", EXPECTED, Progress.NONE)).isEqualTo(imported);
        assertThat(store.list()).containsExactly(imported);
    }

    @Test
    void importsACompressedRootFileSystemAsTheSameImageLayer() {
        Path tar = TestImage.write(directory.resolve("rootfs.tar.gz"), TestImage.gzip(lower));
        Image imported = store.importRootfs(tar, "web", ImageConfig.EMPTY, Progress.NONE);
        assertThat(imported.layers()).containsExactly(TestImage.digest(lower));
    }

    @Test
    void importsADirectoryTwiceAsTheSameImage() {
        Path rootfs = TestImage.writeDirectory(
                directory.resolve("rootfs"), Map.of("etc/name", "lower".getBytes(StandardCharsets.UTF_8)));
        Image imported = store.importRootfs(rootfs, "web:1", ImageConfig.EMPTY, Progress.NONE);
        assertThat(imported.sizeBytes()).isEqualTo(5);
        assertThat(store.importRootfs(rootfs, "web:1", ImageConfig.EMPTY, Progress.NONE))
                .isEqualTo(imported);
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "web:latest", "library/web", "docker.io/web", "docker.io/library/web:latest"})
    void findsAnImageByEachSpellingOfItsName(String spelling) {
        store.load(TestImage.writeTar(directory.resolve("a.tar"), image.layout("web")), Progress.NONE);
        assertThat(store.find(spelling)).map(Image::id).contains(image.id());
    }

    @Test
    void findsAnImageByIdPrefixAndDigest() {
        store.load(TestImage.writeTar(directory.resolve("a.tar"), image.layout("web:1")), Progress.NONE);
        String hex = image.id().substring(7);
        for (String text : List.of(
                image.id(),
                hex,
                hex.substring(0, 4),
                image.id().substring(0, 20),
                "web@" + TestImage.digest(image.manifest()),
                "web:1@" + TestImage.digest(image.manifest()))) {
            assertThat(store.find(text)).as(text).map(Image::id).contains(image.id());
        }
        for (String text : List.of(
                "web",
                "web:2",
                "other:1",
                hex.substring(0, 3),
                "web@" + image.diffIds().get(0))) {
            assertThat(store.find(text)).as(text).isEmpty();
        }
    }

    @Test
    void listsByReference() {
        for (String name : List.of("b:2", "a/b:1", "b:1")) {
            store.load(TestImage.writeTar(directory.resolve("a.tar"), image.layout(name)), Progress.NONE);
        }
        assertThat(store.list()).extracting(Image::reference).containsExactly("a/b:1", "b:1", "b:2");
    }

    @Test
    void removesAReferenceAndKeepsTheOther() {
        store.load(
                TestImage.writeTar(directory.resolve("a.tar"), image.dockerArchive("web:1", "web:2")), Progress.NONE);
        store.remove("web:1");
        assertThat(store.list()).extracting(Image::reference).containsExactly("web:2");
        store.remove("docker.io/library/web:2");
        assertThat(store.list()).isEmpty();
        assertThat(open(directory.resolve("store")).list()).isEmpty();
    }

    @Test
    void loadsAFileThatCameInPieces() {
        byte[] tar = TestImage.tar(image.layout("1"));
        try (ImageStore.Arrival arrival = store.receive("web.tar")) {
            for (int from = 0; from < tar.length; from += 1000) {
                arrival.append(ByteBuffer.wrap(tar, from, Math.min(1000, tar.length - from)));
            }
            assertThat(arrival.digest()).isEqualTo(TestImage.digest(tar));
            assertThat(store.load(arrival.file(), Progress.NONE))
                    .extracting(Image::reference)
                    .containsExactly("web:1");
        }
    }

    @Test
    void nothingIsLeftOfAFileThatCameInPieces() {
        ImageStore.Arrival arrival = store.receive("web.tar");
        arrival.append(ByteBuffer.wrap(lower));
        Path file = arrival.file();
        assertThat(file).hasBinaryContent(lower);
        arrival.close();
        arrival.close();
        assertThat(file).doesNotExist();
    }

    @Test
    void nothingIsLeftOfAFileThatWasOnItsWayWhenTheStoreWasKilled() {
        ImageStore.Arrival arrival = store.receive("web.tar");
        arrival.append(ByteBuffer.wrap(lower));
        open(directory.resolve("store"));
        assertThat(arrival.file()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../web.tar", "/web.tar", "a/b", "a\0b"})
    void refusesAFileNameThatLeadsElsewhere(String name) {
        assertThatThrownBy(() -> store.receive(name))
                .isInstanceOfSatisfying(
                        SkepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }

    @Test
    void saysThatAnImageToRemoveIsNotThere() {
        assertThatThrownBy(() -> store.remove("web:1"))
                .isInstanceOfSatisfying(
                        SkepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
                .hasMessageContaining("web:1");
    }

    @Test
    void keepsImagesWhenItIsKilled() {
        List<Image> loaded =
                store.load(TestImage.writeTar(directory.resolve("a.tar"), image.layout("web")), Progress.NONE);
        ImageStore next = open(directory.resolve("store"));
        assertThat(next.list()).isEqualTo(loaded);
        assertThat(next.find("web")).contains(loaded.get(0));
    }

    @Test
    void tellsWhatItDoes() {
        List<String> told = new ArrayList<>();
        store.load(TestImage.writeTar(directory.resolve("a.tar"), image.layout("web")), told::add);
        assertThat(told).isNotEmpty().allSatisfy(text -> assertThat(text).isNotBlank());
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertRefused(directory.resolve("absent.tar"), "absent.tar");
    }

    @Test
    void refusesAFileThatIsNoArchive() {
        Path text = TestImage.write(
                directory.resolve("notes.txt"), "hello\n".repeat(500).getBytes(StandardCharsets.UTF_8));
        assertRefused(text, "notes.txt");
    }

    @Test
    void refusesARootFileSystemGivenAsAnImage() {
        assertRefused(TestImage.write(directory.resolve("rootfs.tar"), lower), "rootfs.tar");
    }

    @Test
    void refusesABlobWithAnotherContentAndNamesIt() throws Exception {
        Path layout = TestImage.writeDirectory(directory.resolve("layout"), image.layout("web"));
        String digest = TestImage.digest(TestImage.gzip(upper));
        Path blob = layout.resolve("blobs/sha256").resolve(digest.substring(7));
        byte[] content = Files.readAllBytes(blob);
        content[content.length / 2] ^= 1;
        Files.write(blob, content);
        assertRefused(layout, "malformed");
    }

    @Test
    void refusesALayerOfADockerArchiveWithAnotherContent() {
        Map<String, byte[]> files = image.dockerArchive("web:1");
        files.put(TestImage.digest(upper).substring(7) + "/layer.tar", lower);
        assertRefused(TestImage.writeTar(directory.resolve("a.tar"), files), TestImage.digest(upper));
    }

    private void assertRefused(Path file, String named) {
        assertThatThrownBy(() -> store.load(file, Progress.NONE))
                .isInstanceOfSatisfying(
                        SkepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining(named);
        assertThat(store.list()).isEmpty();
    }
}
