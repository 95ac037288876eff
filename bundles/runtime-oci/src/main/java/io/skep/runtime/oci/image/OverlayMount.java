package io.skep.runtime.oci.image;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.runtime.support.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * One overlay mount a container: {@code rootfs} is what the container sees, {@code rootfs-upper} what it changed,
 * {@code rootfs-work} overlayfs's own. The mounting is left to the system's mount, a matter of three milliseconds.
 */
final class OverlayMount {
    private static final Path TABLE = Path.of("/proc/self/mountinfo");
    private static final String TYPE = "overlay";
    private static final String SOURCE = "skep";
    private static final String MERGED = "rootfs";
    private static final String UPPER = "rootfs-upper";
    private static final String WORK = "rootfs-work";

    private final StoreDirectories directories;

    OverlayMount(StoreDirectories directories) {
        this.directories = directories;
    }

    /**
     * Mounts unless it is mounted; what the container wrote before a restart of the host is thrown away.
     *
     * @param lower names in the directory of links, highest first
     */
    Path mount(Path container, List<String> lower) throws IOException {
        Path merged = container.resolve(MERGED);
        if (isMounted(merged)) {
            return merged;
        }
        String options = OverlayOptions.of(
                directories.links(), lower, container.resolve(UPPER), container.resolve(WORK), Platform.KERNEL);
        // what is there but not mounted is from before the host was restarted: a kernel may not mount it again
        deleteAll(container);
        try {
            for (String name : List.of(UPPER, WORK, MERGED)) {
                Path directory = Files.createDirectories(container.resolve(name));
                // the root of the container's file system takes these from the upper directory, whatever the umask
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            run(List.of("mount", "-t", TYPE, "-o", options, SOURCE, merged.toString()));
            return merged;
        } catch (SkepException | IOException e) {
            deleteAll(container);
            throw e;
        }
    }

    /** Unmounts if it is mounted and deletes what the container wrote. */
    void unmount(Path container) throws IOException {
        Path merged = container.resolve(MERGED);
        String doing = "unmounting " + merged;
        while (isMounted(merged)) {
            if (!HostCommand.attempt(directories.links(), List.of("umount", merged.toString()))
                    .ok()) {
                // somebody still looks into it: hide it now, the kernel ends it with its last user
                HostCommand.run(doing, directories.links(), List.of("umount", "--lazy", merged.toString()));
            }
        }
        deleteAll(container);
    }

    /** Containers whose mounts are in the kernel's table. */
    List<Path> found() {
        try {
            return table().stream()
                    .filter(mount -> mount.type().equals(TYPE) && mount.source().equals(SOURCE))
                    .map(mount -> Path.of(mount.mountPoint()))
                    .filter(point -> point.endsWith(MERGED) && point.startsWith(directories.root()))
                    .map(Path::getParent)
                    .distinct()
                    .toList();
        } catch (IOException e) {
            throw Failures.disk("reading " + TABLE, e);
        }
    }

    private void run(List<String> command) {
        String doing = "mounting a root file system";
        Program.Output result = HostCommand.attempt(directories.links(), command);
        if (result.ok()) {
            return;
        }
        if (result.text().contains("unknown filesystem type")) {
            throw new SkepException(
                    ErrorCode.NOT_INSTALLED,
                    "this kernel has no overlayfs, which containers of images need; load it (modprobe overlay) or boot a"
                            + " kernel that has it");
        }
        if (result.text().contains("wrong fs type")) {
            throw new SkepException(
                    ErrorCode.FAILED,
                    doing + " failed: the file system of " + directories.root()
                            + " cannot carry overlay mounts; set 'root'"
                            + " in io.skep.runtime.oci to a directory on ext4, xfs or btrfs (" + result.text() + ")");
        }
        throw HostCommand.failure(doing, "mount", result.exitCode(), result.text());
    }

    private void deleteAll(Path container) throws IOException {
        for (String name : List.of(MERGED, UPPER, WORK)) {
            Path directory = container.resolve(name);
            if (!Files.isDirectory(directory)) {
                continue;
            }
            if (isOnStoresDisk(directory)) {
                directories.trash().discard(directory);
            } else {
                HostCommand.run(
                        "deleting " + directory,
                        directories.root(),
                        List.of("rm", "-rf", "--one-file-system", "--", directory.toString()));
            }
        }
    }

    private boolean isOnStoresDisk(Path directory) throws IOException {
        return Files.getAttribute(directory, "unix:dev").equals(Files.getAttribute(directories.root(), "unix:dev"));
    }

    private static boolean isMounted(Path merged) throws IOException {
        if (!Files.isDirectory(merged)) {
            return false;
        }
        String real = merged.toRealPath().toString();
        return table().stream().anyMatch(mount -> mount.mountPoint().equals(real));
    }

    private static List<MountInfo> table() throws IOException {
        // not readAllLines: somebody else's mount may have a name that is not UTF-8
        return MountInfo.parse(new String(Files.readAllBytes(TABLE), StandardCharsets.UTF_8)
                .lines()
                .toList());
    }
}
