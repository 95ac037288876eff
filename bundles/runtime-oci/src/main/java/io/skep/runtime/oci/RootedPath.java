package io.skep.runtime.oci;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.runtime.support.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Finds paths of a container in its root file system from outside, so that no symbolic link of an image leads out of it. */
final class RootedPath {
    private static final int MAX_LINKS = 40;

    private RootedPath() {}

    /** Where {@code path} of the container is on the host; it need not exist. */
    static Path resolve(Path rootfs, String path) {
        Deque<String> rest = new ArrayDeque<>();
        Path.of(path).forEach(name -> rest.add(name.toString()));
        Path at = rootfs;
        int links = 0;
        while (!rest.isEmpty()) {
            String name = rest.remove();
            if (name.equals("..")) {
                at = at.equals(rootfs) ? rootfs : at.resolveSibling("").normalize();
                continue;
            }
            Path next = name.equals(".") ? at : at.resolve(name);
            if (Files.isSymbolicLink(next)) {
                if (++links > MAX_LINKS) {
                    throw new SkepException(
                            ErrorCode.INVALID_ARGUMENT,
                            "the path " + path + " of the image is a loop of symbolic links");
                }
                at = follow(next, rest) ? rootfs : at;
            } else {
                at = next;
            }
        }
        return at;
    }

    /** Puts a link's target before the rest of the way; true when that begins at the root. */
    private static boolean follow(Path link, Deque<String> rest) {
        try {
            Path target = Files.readSymbolicLink(link);
            for (int i = target.getNameCount() - 1; i >= 0; i--) {
                rest.addFirst(target.getName(i).toString());
            }
            return target.isAbsolute();
        } catch (IOException e) {
            throw Disk.failure("reading the symbolic link " + link, e);
        }
    }
}
