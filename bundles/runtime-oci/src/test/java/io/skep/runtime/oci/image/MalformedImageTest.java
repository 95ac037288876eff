package io.skep.runtime.oci.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.skep.api.runtime.ImageConfig;
import io.skep.api.runtime.Progress;
import io.skep.contracts.runtime.TarBuilder;
import io.skep.contracts.runtime.TestImage;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile and damaged archives: each gives one clear sentence and leaves the store as it was. */
class MalformedImageTest {
    private static final LayerLimits LIMITS = new LayerLimits(1_000_000, 100);
    private static final byte[] GOOD =
            new TarBuilder().directory("d", 0755).file("d/f", "content").build();

    private static Path directory;
    private static LayeredImageStore store;
    private static List<String> before;

    @BeforeAll
    static void open(@TempDir Path temporary) {
        directory = temporary;
        store = new LayeredImageStore(directory.resolve("store"), LIMITS);
        TestImage resident = TestImage.of("{}", GOOD);
        store.load(TestImage.writeTar(directory.resolve("resident.tar"), resident.layout("resident")), Progress.NONE);
        before = Trees.settled(directory.resolve("store"));
    }

    /** Layers that no image may have, and what the message must say. */
    static Stream<Arguments> layers() {
        return Stream.of(
                arguments("leads out", layer().file("../evil", "x"), "leads out of the root file system"),
                arguments("leads out inside", layer().file("a/b/../../../evil", "x"), "leads out"),
                arguments(
                        "through an absolute link",
                        layer().symbolicLink("out", "/etc").file("out/evil", "x"),
                        "leads through the symbolic link 'out'"),
                arguments(
                        "through a relative link",
                        layer().symbolicLink("out", "../..").directory("out/evil", 0755),
                        "leads through the symbolic link 'out'"),
                arguments("hard link out", layer().hardLink("shadow", "../../etc/shadow"), "leads out"),
                arguments(
                        "hard link through a link",
                        layer().symbolicLink("etc", "/etc").hardLink("shadow", "etc/shadow"),
                        "leads through the symbolic link"),
                arguments("hard link to nothing", layer().hardLink("a", "nothing"), "nothing"),
                arguments("file below a file", layer().file("a", "x").file("a/b", "x"), "a/b"),
                arguments("whiteout of nothing", layer().file("a/.wh.", ""), "names no file"),
                arguments("whiteout of the parent", layer().file("a/.wh...", ""), "names no file"),
                arguments("unknown type", layer().entry("v", 'V', 0644, "", new byte[0]), "unknown type"),
                arguments("directory with content", layer().entry("d/", '5', 0755, "", new byte[600]), "has content"),
                arguments("sparse file", layer().entry("s", 'S', 0644, "", new byte[0]), "sparse"),
                arguments(
                        "pax path leads out",
                        layer().pax("path", utf8("../evil")).file("ok", "x"),
                        "leads out"),
                arguments(
                        "global header",
                        layer().entry("g", 'g', 0644, "", utf8("14 path=evil\n\n"))
                                .file("ok", "x"),
                        "global header"),
                arguments(
                        "name too long",
                        layer().pax("path", utf8("n".repeat(5000))).file("x", ""),
                        "too long"),
                arguments("too many bytes", layer().file("big", 0644, new byte[1_000_001]), "layerBytes"),
                arguments("too many entries", entries(101), "layerEntries"),
                arguments(
                        "absurd header",
                        layer().entry("x", 'L', 0, "", new byte[2 << 20]).file("y", ""),
                        "absurdly large"),
                arguments("claims more than it has", layer().raw(TarBuilder.header("f", '0', 5000)), "runcated"),
                arguments("wrong checksum", layer().raw(spoiled()), "checksum"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void refusesALayer(String name, TarBuilder layer, String message) {
        TestImage image = TestImage.of(
                "{}", new TarBuilder().file(name.replace(' ', '-'), "x").build(), layer.build());
        Path docker = TestImage.writeTar(directory.resolve("docker.tar"), image.dockerArchive("evil:1"));
        Path oci = TestImage.writeTar(directory.resolve("oci.tar"), image.layout("evil:1"));
        assertRefused(() -> store.load(docker, Progress.NONE), message);
        assertRefused(() -> store.load(oci, Progress.NONE), message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void refusesARootFileSystem(String name, TarBuilder layer, String message) {
        Path tar = TestImage.write(directory.resolve("rootfs.tar"), layer.build());
        assertRefused(() -> store.importRootfs(tar, "evil:1", ImageConfig.EMPTY, Progress.NONE), message);
    }

    /** Archives that are no archives. */
    static Stream<Arguments> archives() {
        TestImage image = TestImage.of("{}", new TarBuilder().file("new", "x").build());
        byte[] good = TestImage.tar(image.layout("web:1"));
        byte[] zipped = TestImage.gzip(good);
        byte[] flipped = zipped.clone();
        flipped[flipped.length / 2] ^= 0x55;
        return Stream.of(
                arguments("empty file", new byte[0], "neither index.json"),
                arguments("zeros", new byte[100_000], "neither index.json"),
                arguments("text", utf8("no archive\n".repeat(1000)), "malformed"),
                arguments("truncated tar", Arrays.copyOf(good, good.length * 2 / 3), "cut off"),
                arguments("truncated gzip", Arrays.copyOf(zipped, zipped.length / 2), "malformed"),
                arguments("flipped gzip", flipped, "malformed"),
                arguments("only a gzip magic", new byte[] {0x1f, (byte) 0x8b}, "malformed"),
                arguments("zstd", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0}, "zstd"),
                arguments("xz", new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0}, "xz"),
                arguments("decompression bomb", TestImage.gzip(new byte[5_000_000]), "layerBytes"),
                arguments(
                        "index is no JSON",
                        with(image, "index.json", "{nonsense"),
                        "index.json is malformed: not JSON"),
                arguments("index is a list", with(image, "index.json", "[]"), "expected a JSON object"),
                arguments("index is empty", with(image, "index.json", "{}"), "contains no image"),
                arguments("index is deep", with(image, "index.json", "[".repeat(5000)), "malformed"),
                arguments("bad digest", with(image, "index.json", index("md5:1", "5")), "is not a digest"),
                arguments(
                        "traversal by digest", with(image, "index.json", index("sha256:../../x", "5")), "not a digest"),
                arguments("huge size", with(image, "index.json", index(absent(), "1e99")), "expected a number"),
                arguments("absent blob", with(image, "index.json", index(absent(), "5")), "it lacks 'blobs/sha256/0"),
                arguments("manifest.json is no list", docker(image, "{}"), "expected a list"),
                arguments("manifest.json is empty", docker(image, "[]"), "lists no image"),
                arguments("a layer is missing", docker(image, dockerManifest(image, "[]")), "it has 0 layers"),
                arguments("a layer is elsewhere", docker(image, dockerManifest(image, "[\"/etc/x\"]")), "lacks"),
                arguments("two images of one name", twice(), "two images called web:1"),
                arguments("a link for a manifest", link("/etc/passwd"), "neither index.json"),
                arguments("a link to itself", link("manifest.json"), "neither index.json"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("archives")
    void refusesAnArchive(String name, byte[] content, String message) {
        Path file = TestImage.write(directory.resolve("a.tar"), content);
        assertRefused(() -> store.load(file, Progress.NONE), message);
    }

    private void assertRefused(Runnable load, String message) {
        assertThatThrownBy(load::run)
                .isInstanceOfSatisfying(
                        SkepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining(message);
        assertThat(Trees.settled(directory.resolve("store"))).isEqualTo(before);
        assertThat(store.list()).hasSize(1);
    }

    private static TarBuilder layer() {
        return new TarBuilder();
    }

    private static TarBuilder entries(int count) {
        TarBuilder layer = new TarBuilder();
        for (int i = 0; i < count; i++) {
            layer.file("f" + i, "");
        }
        return layer;
    }

    private static byte[] spoiled() {
        byte[] header = TarBuilder.header("name", '0', 0);
        header[0] = 'N';
        return header;
    }

    private static byte[] with(TestImage image, String file, String content) {
        Map<String, byte[]> files = image.layout("web:1");
        files.put(file, utf8(content));
        return TestImage.tar(files);
    }

    private static String index(String digest, String size) {
        return "{\"manifests\":[{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"" + digest
                + "\",\"size\":" + size + "}]}";
    }

    private static String absent() {
        return "sha256:" + "0".repeat(64);
    }

    private static byte[] docker(TestImage image, String manifest) {
        Map<String, byte[]> files = image.dockerArchive("web:1");
        files.put("manifest.json", utf8(manifest));
        return TestImage.tar(files);
    }

    private static String dockerManifest(TestImage image, String layers) {
        return "[{\"Config\":\"" + image.id().substring(7) + ".json\",\"RepoTags\":[\"web:1\"],\"Layers\":" + layers
                + "}]";
    }

    private static byte[] twice() {
        TestImage one = TestImage.of("{}", GOOD);
        TestImage other = TestImage.of("{\"User\":\"1\"}", GOOD);
        Map<String, byte[]> files =
                TestImage.layout(new java.util.TreeMap<>(Map.of("web:1", one, "library/web:1", other)));
        return TestImage.tar(files);
    }

    private static byte[] link(String target) {
        return new TarBuilder().symbolicLink("manifest.json", target).build();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
