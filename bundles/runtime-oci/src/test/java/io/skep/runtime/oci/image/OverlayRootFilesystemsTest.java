package io.skep.runtime.oci.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.runtime.Image;
import io.skep.api.runtime.Progress;
import io.skep.contracts.runtime.TarBuilder;
import io.skep.contracts.runtime.TestImage;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root file systems of containers over shared layers, with real mounts; needs root. */
class OverlayRootFilesystemsTest {
    private final TestImage image =
            TestImage.of("{}", new TarBuilder().file("a", "lower").build());

    private Path directory;
    private LayeredImageStore store;
    private Image loaded;

    @BeforeEach
    void load(@TempDir Path temporary) {
        directory = temporary;
        store = open();
        Path tar = TestImage.writeTar(directory.resolve("image.tar"), image.dockerArchive("web:1", "web:2"));
        loaded = store.load(tar, Progress.NONE).get(0);
    }

    @AfterEach
    void unmountAll() {
        LayeredImageStore last = open();
        last.mounted().forEach(last::unmount);
        assertThat(last.mounted()).isEmpty();
    }

    @Test
    void containersDoNotSeeEachOthersChanges() throws IOException {
        Path one = store.mount(loaded, container("one"));
        Path two = store.mount(loaded, container("two"));
        Files.writeString(one.resolve("a"), "changed");
        Files.writeString(one.resolve("b"), "new");
        assertThat(two.resolve("a")).hasContent("lower");
        assertThat(two.resolve("b")).doesNotExist();
    }

    @Test
    void mountingAgainChangesNothing() throws IOException {
        Path rootfs = store.mount(loaded, container("one"));
        Files.writeString(rootfs.resolve("a"), "changed");
        assertThat(store.mount(loaded, container("one"))).isEqualTo(rootfs);
        assertThat(open().mount(loaded, container("one"))).isEqualTo(rootfs);
        assertThat(rootfs.resolve("a")).hasContent("changed");
        store.unmount(container("one"));
        assertThat(mountsBelow()).isEmpty();
    }

    @Test
    void unmountingLeavesNothingAndMayBeRepeated() throws IOException {
        Path one = container("one");
        Files.writeString(store.mount(loaded, one).resolve("b"), "new");
        store.unmount(one);
        store.unmount(one);
        assertThat(one).isEmptyDirectory();
        assertThat(mountsBelow()).isEmpty();
        assertThat(directory.resolve("store/mounts")).isEmptyDirectory();
    }

    @Test
    void aBusyRootFileSystemIsUnmountedAllTheSame() throws IOException {
        Path rootfs = store.mount(loaded, container("one"));
        try (var open = Files.newInputStream(rootfs.resolve("a"))) {
            store.unmount(container("one"));
            assertThat(mountsBelow()).isEmpty();
            assertThat(open.readAllBytes()).hasSize(5);
        }
    }

    @Test
    void mountsOfAKilledPredecessorAreFound() {
        store.mount(loaded, container("one"));
        store.mount(loaded, container("two"));
        LayeredImageStore next = open();
        assertThat(next.mounted()).containsExactly(container("one"), container("two"));
        next.unmount(container("one"));
        assertThat(next.mounted()).containsExactly(container("two"));
    }

    @Test
    void aMountWhoseNoteWasLostIsFoundToo() throws IOException {
        Path inside = Files.createDirectories(directory.resolve("store/containers/one"));
        store.mount(loaded, inside);
        Files.delete(directory.resolve("store/mounts/one.json"));
        LayeredImageStore next = open();
        assertThat(next.mounted()).containsExactly(inside);
        next.unmount(inside);
        assertThat(mountsBelow()).isEmpty();
    }

    @Test
    void aNoteWithoutContainerIsForgotten() throws IOException {
        store.mount(loaded, container("one"));
        store.unmount(container("one"));
        Path gone = directory.resolve("containers/gone");
        Files.write(
                directory.resolve("store/mounts/gone.json"),
                ContainerUse.of(gone, loaded).write());
        Files.writeString(directory.resolve("store/mounts/half.json"), "{");
        assertThat(open().mounted()).isEmpty();
        assertThat(directory.resolve("store/mounts")).isEmptyDirectory();
    }

    @Test
    void anImageInUseIsNotRemovedAndTheContainerIsNamed() {
        store.mount(loaded, container("task1"));
        store.remove("web:2");
        for (LayeredImageStore each : List.of(store, open())) {
            assertThatThrownBy(() -> each.remove("web:1"))
                    .isInstanceOfSatisfying(
                            SkepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IN_USE))
                    .hasMessageContaining("container task1");
        }
        store.unmount(container("task1"));
        store.remove("web:1");
        assertThat(layers()).isEmpty();
    }

    @Test
    void aContainerKeepsTheLayersOfAnImageThatMovedOn() throws IOException {
        Path rootfs = store.mount(loaded, container("one"));
        TestImage next = TestImage.of("{}", new TarBuilder().file("b", "next").build());
        store.load(
                TestImage.writeTar(directory.resolve("next.tar"), next.dockerArchive("web:1", "web:2")), Progress.NONE);
        assertThat(layers()).hasSize(2);
        assertThat(rootfs.resolve("a")).hasContent("lower");
        assertThat(open().mounted()).hasSize(1);
        assertThat(layers()).hasSize(2);
        store.unmount(container("one"));
        assertThat(layers()).containsExactly(next.diffIds().get(0).substring(7));
    }

    @Test
    void layersSharedByAnotherImageStay() {
        TestImage other = TestImage.of(
                "{}", image.layers().get(0), new TarBuilder().file("b", "2").build());
        store.load(TestImage.writeTar(directory.resolve("other.tar"), other.dockerArchive("other")), Progress.NONE);
        store.remove("web:1");
        store.remove("web:2");
        assertThat(layers()).hasSize(2);
        store.remove("other");
        assertThat(layers()).isEmpty();
        assertThat(directory.resolve("store/l")).isEmptyDirectory();
    }

    @Test
    void anImageRemovedMeanwhileCannotBeMounted() throws IOException {
        store.remove("web:1");
        store.remove("web:2");
        assertThatThrownBy(() -> store.mount(loaded, container("one")))
                .isInstanceOfSatisfying(
                        SkepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_INSTALLED))
                .hasMessageContaining("swarm:image-load");
        assertThat(container("one")).isEmptyDirectory();
        assertThat(directory.resolve("store/mounts")).isEmptyDirectory();
    }

    @Test
    void aRestartOfTheHostBeginsTheRootFileSystemAnew() throws IOException {
        Path rootfs = store.mount(loaded, container("one"));
        Files.writeString(rootfs.resolve("b"), "new");
        HostCommand.run("unmounting", directory, List.of("umount", rootfs.toString()));
        store = open();
        assertThat(store.mounted()).containsExactly(container("one"));
        assertThat(Trees.listing(store.mount(loaded, container("one")))).containsExactly("", "a");
    }

    @Test
    void directoriesWithSeparatorsInTheirNamesMount() throws IOException {
        for (String name : List.of("a,b", "a:b", "a\\b", "a b", "a,upperdir=x")) {
            Path rootfs = store.mount(loaded, container(name));
            assertThat(rootfs.resolve("a")).as(name).hasContent("lower");
            Files.writeString(rootfs.resolve("new"), "x");
            store.unmount(container(name));
            assertThat(container(name)).as(name).isEmptyDirectory();
        }
        assertThat(mountsBelow()).isEmpty();
    }

    private LayeredImageStore open() {
        return new LayeredImageStore(directory.resolve("store"), LayerLimits.STANDARD);
    }

    private Path container(String id) {
        try {
            return Files.createDirectories(directory.resolve("containers").resolve(id));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<String> layers() {
        return Trees.listing(directory.resolve("store/layers/sha256")).stream()
                .filter(path -> path.length() == 64)
                .toList();
    }

    private List<String> mountsBelow() throws IOException {
        List<String> mounts = new ArrayList<>();
        for (MountInfo mount : MountInfo.parse(Files.readAllLines(Path.of("/proc/self/mountinfo")))) {
            if (mount.mountPoint().startsWith(directory.toString())) {
                mounts.add(mount.mountPoint());
            }
        }
        return mounts;
    }
}
