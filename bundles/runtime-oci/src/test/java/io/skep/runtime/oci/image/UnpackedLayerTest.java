package io.skep.runtime.oci.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.runtime.Image;
import io.skep.api.runtime.Progress;
import io.skep.contracts.runtime.TarBuilder;
import io.skep.contracts.runtime.TestImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a container sees of its image's layers, through real overlay mounts; needs root. */
class UnpackedLayerTest {
    private Path directory;
    private Path container;
    private LayeredImageStore store;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        directory = temporary;
        store = new LayeredImageStore(directory.resolve("store"), LayerLimits.STANDARD);
        container = Files.createDirectories(directory.resolve("containers/c1"));
    }

    @AfterEach
    void unmount() {
        store.unmount(container);
    }

    @Test
    void upperFilesHideLowerOnes() throws IOException {
        Path rootfs = mount(
                new TarBuilder().directory("etc", 0755).file("etc/a", "1").file("etc/b", "1"),
                new TarBuilder().directory("etc", 0755).file("etc/a", "2"));
        assertThat(rootfs.resolve("etc/a")).hasContent("2");
        assertThat(rootfs.resolve("etc/b")).hasContent("1");
    }

    @Test
    void whiteoutsDeleteFilesAndDirectories() throws IOException {
        Path rootfs = mount(
                new TarBuilder()
                        .directory("etc", 0755)
                        .file("etc/a", "1")
                        .file("etc/b", "1")
                        .directory("etc/d", 0755)
                        .file("etc/d/x", "1"),
                new TarBuilder().directory("etc", 0700).file("etc/.wh.a", "").file("etc/.wh.d", ""));
        assertThat(Trees.listing(rootfs)).containsExactly("", "etc", "etc/b");
        assertThat(mode(rootfs.resolve("etc"))).isEqualTo(0700);
        assertThat(Files.getLastModifiedTime(rootfs.resolve("etc")).toMillis()).isEqualTo(TarBuilder.TIME * 1000);
    }

    @Test
    void anOpaqueDirectoryHidesAllBelow() throws IOException {
        Path rootfs = mount(
                new TarBuilder().directory("d", 0755).file("d/a", "1").file("d/b", "1"),
                new TarBuilder()
                        .owner(5)
                        .directory("d", 0711)
                        .file("d/new", "2")
                        .file("d/.wh..wh..opq", ""));
        assertThat(Trees.listing(rootfs)).containsExactly("", "d", "d/new");
        assertThat(mode(rootfs.resolve("d"))).isEqualTo(0711);
        assertThat(Trees.attribute(rootfs.resolve("d"), "uid")).isEqualTo(5);
    }

    @Test
    void whatAWhiteoutAndAnEntryBothNameIsMadeAnew() throws IOException {
        Path rootfs = mount(
                new TarBuilder().directory("d", 0755).file("d/old", "1").file("f", "1"),
                new TarBuilder()
                        .file("f", "2")
                        .file(".wh.f", "")
                        .file(".wh.d", "")
                        .directory("d", 0755)
                        .file("d/new", "2"));
        assertThat(Trees.listing(rootfs)).containsExactly("", "d", "d/new", "f");
        assertThat(rootfs.resolve("f")).hasContent("2");
    }

    @Test
    void aThirdLayerBringsADeletedFileBack() throws IOException {
        byte[] same = new TarBuilder().file("a", "1").build();
        TestImage image =
                TestImage.of("{}", same, new TarBuilder().file(".wh.a", "").build(), same);
        assertThat(mount(image).resolve("a")).hasContent("1");
    }

    @Test
    void metadataIsRestored() throws IOException {
        byte[] capability = {1, 0, 0, 2, (byte) 0x80, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        Path rootfs = mount(new TarBuilder()
                .owner(4000000)
                .file("su", 04755, "x".getBytes(StandardCharsets.UTF_8))
                .directory("sticky", 01777)
                .hardLink("hard", "su")
                .symbolicLink("absolute", "/etc/passwd")
                .symbolicLink("up", "../../x")
                .entry("fifo", '6', 0600, "", new byte[0])
                .pax("SCHILY.xattr.security.capability", capability)
                .file("ping", "p")
                .pax("SCHILY.xattr.trusted.overlay.redirect", "/evil".getBytes(StandardCharsets.UTF_8))
                .directory("redirected", 0755));
        Path su = rootfs.resolve("su");
        assertThat(mode(su)).isEqualTo(04755);
        assertThat(Trees.attribute(su, "uid")).isEqualTo(4000000);
        assertThat(Trees.attribute(su, "gid")).isEqualTo(4000000);
        assertThat(Trees.attribute(su, "nlink")).isEqualTo(2);
        assertThat(Files.getLastModifiedTime(su).toMillis()).isEqualTo(TarBuilder.TIME * 1000);
        assertThat(mode(rootfs.resolve("sticky"))).isEqualTo(01777);
        assertThat(Files.readSymbolicLink(rootfs.resolve("absolute"))).hasToString("/etc/passwd");
        assertThat(Files.readSymbolicLink(rootfs.resolve("up"))).hasToString("../../x");
        assertThat((int) Trees.attribute(rootfs.resolve("fifo"), "mode") >> 12).isEqualTo(1);
        Path layer = directory.resolve("store/layers/sha256");
        assertThat(Trees.output(
                        layer,
                        "sh",
                        "-c",
                        "tar --xattrs --xattrs-include='*' -cf - */ping | od -An -tx1 -v | tr -d ' \\n'"))
                .contains("73656375726974792e6361706162696c6974793d" + "0100000280200000" + "000000000000000000000000");
        assertThat(Trees.describe(layer.resolve(
                        Trees.output(layer, "ls").lines().findFirst().orElseThrow())))
                .doesNotContain("redirect");
    }

    @Test
    void devicesAreLeftOut() throws IOException {
        Path rootfs = mount(
                new TarBuilder().directory("dev", 0755).file("a", "1"),
                new TarBuilder()
                        .device("dev/null", 1, 3)
                        .device("dev/sda", 8, 0)
                        .device("a", 0, 0)
                        .file("b", "1"));
        assertThat(Trees.listing(rootfs)).containsExactly("", "a", "b", "dev");
        assertThat(rootfs.resolve("a")).hasContent("1");
    }

    @Test
    void namesThatAreNotTextSurvive() throws IOException {
        byte[] header = TarBuilder.header("caf@", '0', 0);
        header[3] = (byte) 0xe9;
        int sum = 8 * ' ';
        for (int i = 0; i < 512; i++) {
            sum += i >= 148 && i < 156 ? 0 : header[i] & 0xff;
        }
        System.arraycopy(String.format("%06o", sum).getBytes(StandardCharsets.US_ASCII), 0, header, 148, 6);
        Path rootfs = mount(new TarBuilder()
                .raw(header)
                .pax("path", ("l".repeat(200) + "/ü").getBytes(StandardCharsets.UTF_8))
                .file("x", "long"));
        assertThat(Trees.output(rootfs, "sh", "-c", "printf %s caf*; cat lll*/*"))
                .endsWith("long");
        assertThat(Trees.output(rootfs, "sh", "-c", "printf %s caf* | od -An -tx1"))
                .contains("63 61 66 e9");
    }

    @Test
    void anImageOfManyLayersMounts() throws IOException {
        byte[][] layers = new byte[200][];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = new TarBuilder().file("f" + i, "" + i).build();
        }
        Path rootfs = mount(TestImage.of("{}", layers));
        assertThat(rootfs.resolve("f0")).hasContent("0");
        assertThat(rootfs.resolve("f199")).hasContent("199");
    }

    @Test
    void anImageWithoutLayersMounts() throws IOException {
        Path rootfs = mount(TestImage.of("{}"));
        assertThat(Trees.listing(rootfs)).containsExactly("");
        assertThat(mode(rootfs)).isEqualTo(0755);
    }

    @Test
    void aDirectoryIsImportedWithItsMetadata() throws IOException {
        Path source = Files.createDirectories(directory.resolve("source/etc"));
        Files.writeString(source.resolve("a"), "1");
        Files.createLink(source.resolve("b"), source.resolve("a"));
        Files.createSymbolicLink(source.resolve("c"), Path.of("/etc/a"));
        // in this order: a change of owner takes the set-user bit away
        Files.setAttribute(source.resolve("a"), "unix:uid", 12);
        Files.setAttribute(source.resolve("a"), "unix:mode", 04711);
        Image image = store.importRootfs(
                directory.resolve("source"), "web", io.skep.api.runtime.ImageConfig.EMPTY, Progress.NONE);
        Path rootfs = store.mount(image, container);
        assertThat(Trees.listing(rootfs)).containsExactly("", "etc", "etc/a", "etc/b", "etc/c");
        assertThat(mode(rootfs.resolve("etc/b"))).isEqualTo(04711);
        assertThat(Trees.attribute(rootfs.resolve("etc/b"), "uid")).isEqualTo(12);
        assertThat(Files.exists(rootfs.resolve("etc/c"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }

    private static int mode(Path file) {
        return (int) Trees.attribute(file, "mode") & 07777;
    }

    private Path mount(TarBuilder... layers) {
        byte[][] tars = new byte[layers.length][];
        for (int i = 0; i < layers.length; i++) {
            tars[i] = layers[i].build();
        }
        return mount(TestImage.of("{}", tars));
    }

    private Path mount(TestImage image) {
        Path tar = TestImage.writeTar(directory.resolve("image.tar"), image.dockerArchive("test:1"));
        List<Image> loaded = store.load(tar, Progress.NONE);
        return store.mount(loaded.get(0), container);
    }
}
