package io.skep.runtime.oci.image;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The options of an overlay mount (kernel documentation, overlayfs). Pure. */
final class OverlayOptions {
    /** The kernel takes one page of options, its end included. */
    private static final int LONGEST = 4095;

    private OverlayOptions() {}

    /**
     * Writes the options for a mount made in the directory of links.
     *
     * @param links the directory that names of layers are relative to, below the store's root
     * @param lower names of layers, highest first; none means an empty image
     * @param kernel its release, such as {@code 6.1.0-13-amd64}
     */
    static String of(Path links, List<String> lower, Path upper, Path work, String kernel) {
        String below = lower.isEmpty() ? "../empty" : String.join(":", lower);
        String options = "lowerdir=" + below + ",upperdir=" + path(links, upper) + ",workdir=" + path(links, work);
        // a container's own layer never outlives the host's run: flushing it to disk when it is unmounted is lost time
        String whole = Platform.isAtLeast(kernel, 5, 10) ? options + ",volatile" : options;
        if (whole.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the image has " + lower.size() + " layers, more than one mount can take; build it with fewer");
        }
        return whole;
    }

    /** A path as mount takes it, relative to the directory of links if it is in the store and so shorter. */
    private static String path(Path links, Path path) {
        Path root = links.resolveSibling("");
        Path shown = path.startsWith(root) ? links.relativize(path) : path;
        return shown.toString().replace("\\", "\\\\").replace(",", "\\,");
    }
}
