package io.skep.runtime.oci;

import io.skep.api.runtime.ContainerConfig;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.runtime.oci.spec.Bind;
import io.skep.runtime.support.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The secrets and configs of containers: files in a directory of the host that is in memory, bound read-only into the container. They are there from prepare to remove,
 * and go with a restart of the host as the containers do.
 */
final class MemoryFiles {
    /** Where Linux hosts have memory in their tree. */
    static final List<Path> PLACES = List.of(Path.of("/run"), Path.of("/dev/shm"));

    private static final int MODES = 07777;
    private final List<Path> places;
    private final Path owner;

    /**
     * Makes nothing yet.
     *
     * @param places directories in memory, the first that is one counts
     * @param owner the runtime's own directory, which tells its files from those of other nodes on this host, even where their paths are alike
     */
    MemoryFiles(List<Path> places, Path owner) {
        this.places = places;
        this.owner = owner;
    }

    /** Writes the files of a container. */
    List<Bind> write(ContainerConfig config) {
        List<Bind> binds = new ArrayList<>();
        if (config.files().isEmpty()) {
            return binds;
        }
        Path all = home(place());
        Path home = all.resolve(config.id());
        try {
            open(all, home);
            for (ContainerConfig.File file : config.files()) {
                if (!file.target().startsWith("/")) {
                    throw new SkepException(
                            ErrorCode.INVALID_ARGUMENT,
                            "the path '" + file.target()
                                    + "' of a secret or config is relative; give an absolute path");
                }
                Path source = home.resolve(Integer.toString(binds.size()));
                write(source, file);
                binds.add(new Bind(source, file.target(), true));
            }
        } catch (IOException e) {
            throw Disk.failure("writing the secrets and configs of " + config.name() + " to " + home, e);
        }
        return binds;
    }

    /** Only the owner of the runtime may look into it: what a file may be read by holds in the container. */
    private static void open(Path all, Path home) throws IOException {
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(all, mine);
        Disk.deleteTree(home);
        Files.createDirectory(home, mine);
    }

    private static void write(Path source, ContainerConfig.File file) throws IOException {
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(source, mine);
        Files.write(source, Base64.getDecoder().decode(file.content().value()));
        Files.setAttribute(source, "unix:uid", file.uid());
        Files.setAttribute(source, "unix:gid", file.gid());
        Files.setAttribute(source, "unix:mode", file.mode() & MODES);
    }

    private Path home(Path place) {
        return Disk.attempt("looking at " + owner, () -> {
            Object key = Files.isDirectory(owner)
                    ? Files.readAttributes(owner, BasicFileAttributes.class).fileKey()
                    : "nothing";
            return place.resolve(
                    "skep-files-" + Integer.toHexString(String.valueOf(key).hashCode()));
        });
    }

    private Path place() {
        return places.stream()
                .filter(MemoryFiles::inMemory)
                .findFirst()
                .orElseThrow(() -> new SkepException(
                        ErrorCode.NOT_INSTALLED,
                        "none of the directories " + places + " is in memory (tmpfs), which secrets and configs need;"
                                + " mount a tmpfs on one of them"));
    }

    private static boolean inMemory(Path place) {
        try {
            String type = Files.getFileStore(place).type();
            return type.equals("tmpfs") || type.equals("ramfs");
        } catch (IOException missing) {
            return false;
        }
    }

    /** Deletes the files of a container. */
    void delete(String id) {
        for (Path place : places) {
            Disk.deleteTree(home(place).resolve(id));
        }
    }

    /** The containers that have files. */
    List<String> known() {
        return places.stream()
                .flatMap(place -> Disk.list(home(place)).stream())
                .map(home -> home.getFileName().toString())
                .distinct()
                .toList();
    }
}
