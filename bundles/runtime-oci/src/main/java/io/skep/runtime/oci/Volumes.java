package io.skep.runtime.oci;

import io.skep.api.runtime.ContainerConfig;
import io.skep.api.runtime.ImageConfig;
import io.skep.model.ErrorCode;
import io.skep.model.Mount;
import io.skep.model.SkepException;
import io.skep.runtime.oci.spec.Bind;
import io.skep.runtime.support.Disk;
import io.skep.runtime.support.Program;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The directories behind a container's mounts. A named volume stays until somebody deletes it; an anonymous one is kept in
 * the container's directory and goes with it. A new volume begins with what the image has at its place.
 */
final class Volumes {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}");
    private static final Duration COPY = Duration.ofMinutes(5);

    private final Path root;

    Volumes(Path root) {
        this.root = root;
    }

    /** The bind and volume mounts of a container, their sources made. */
    List<Bind> bind(ImageConfig image, ContainerConfig config, ContainerDir container, Path rootfs) {
        List<Bind> binds = new ArrayList<>();
        for (Mount mount : config.mounts()) {
            requireAbsolute(mount.target());
            switch (mount.type()) {
                case BIND -> binds.add(new Bind(existing(mount), mount.target(), mount.readOnly()));
                case VOLUME -> binds.add(new Bind(volume(mount, container, rootfs), mount.target(), mount.readOnly()));
                case TMPFS -> {}
            }
        }
        Set<String> taken = config.mounts().stream().map(Mount::target).collect(Collectors.toSet());
        for (String target : image.volumes()) {
            if (!taken.contains(target)) {
                binds.add(new Bind(anonymous(container, rootfs, target), target, false));
            }
        }
        return binds;
    }

    private static Path existing(Mount mount) {
        requireAbsolute(mount.source());
        Path source = Path.of(mount.source());
        if (!Files.exists(source)) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the bind mount's source " + source + " does not exist on this node; create it, or use a volume");
        }
        return source;
    }

    private Path volume(Mount mount, ContainerDir container, Path rootfs) {
        if (mount.source().isEmpty()) {
            return anonymous(container, rootfs, mount.target());
        }
        if (!NAME.matcher(mount.source()).matches()) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the volume name " + mount.source()
                            + " is malformed; use letters, digits, and _ . - after the first");
        }
        Path volume = root.resolve(mount.source());
        if (!Files.isDirectory(volume)) {
            fill(
                    volume,
                    root.resolve("." + mount.source() + "." + container.id()),
                    RootedPath.resolve(rootfs, mount.target()));
        }
        return volume;
    }

    private static Path anonymous(ContainerDir container, Path rootfs, String target) {
        requireAbsolute(target);
        Path volume = container.volumes().resolve(target.substring(1).replace('/', '-'));
        Path draft = container.volumes().resolve(".draft");
        fill(volume, draft, RootedPath.resolve(rootfs, target));
        return volume;
    }

    /** Makes a volume whole or not at all; when another container makes the same one at once, the first wins. */
    private static void fill(Path volume, Path draft, Path content) {
        Disk.directories(draft.resolveSibling(""));
        Disk.deleteTree(draft);
        if (Files.isDirectory(content)) {
            copy(content, draft);
        } else {
            Disk.directories(draft);
        }
        try {
            Files.move(draft, volume, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException taken) {
            Disk.deleteTree(draft);
            if (!Files.isDirectory(volume)) {
                throw Disk.failure("making the volume " + volume, taken);
            }
        } catch (IOException e) {
            throw Disk.failure("making the volume " + volume, e);
        }
    }

    /** Deletes what was begun for a container that was not prepared to the end. */
    void deleteDrafts(String id) {
        Disk.list(root).stream()
                .filter(entry -> entry.getFileName().toString().startsWith("."))
                .filter(entry -> entry.getFileName().toString().endsWith("." + id))
                .forEach(Disk::deleteTree);
    }

    private static void copy(Path from, Path to) {
        Program.Output output = Program.of(COPY, List.of("cp", "-a", "--", from.toString(), to.toString()))
                .run();
        if (!output.ok()) {
            Disk.deleteTree(to);
            String reason = output.text().strip();
            throw new SkepException(
                    Disk.isFull(reason) ? ErrorCode.EXHAUSTED : ErrorCode.FAILED,
                    "filling a volume from the image failed: " + reason);
        }
    }

    private static void requireAbsolute(String path) {
        if (!path.startsWith("/")) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT, "the mount path '" + path + "' is relative; give an absolute path");
        }
    }
}
