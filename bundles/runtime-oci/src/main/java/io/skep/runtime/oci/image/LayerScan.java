package io.skep.runtime.oci.image;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * Judges the entries of a layer one by one and remembers what overlayfs must be told at the end: which paths of lower
 * layers are deleted (image specification 1.1, "whiteouts") and which directories hide what is below. Pure.
 */
final class LayerScan {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final String AUFS = ".wh..wh.";

    /** Files (also in two old spellings), links, devices, directories and pipes. */
    private static final String TYPES = "0\0" + "1234567";

    private static final Node FILE = new Node(Kind.FILE, 0, 0, 0, 0);
    private static final Node LINK = new Node(Kind.LINK, 0, 0, 0, 0);
    private static final Node IMPLIED_DIRECTORY = new Node(Kind.DIRECTORY, 0755, 0, 0, 0);

    private final LayerLimits limits;
    private final Map<String, Node> nodes = new HashMap<>();
    private final Set<String> deleted = new TreeSet<>();
    private final Set<String> opaque = new TreeSet<>();
    private long bytes;
    private long entries;

    LayerScan(LayerLimits limits) {
        this.limits = limits;
    }

    /** Whether the entry is to be unpacked; false when it was only a message or is left out. Fails when it is malicious. */
    boolean accept(TarArchiveEntry entry) {
        if (++entries > limits.entries()) {
            throw refuse(
                    "it has more than " + limits.entries() + " entries; raise 'layerEntries' in io.skep.runtime.oci");
        }
        String path = EntryPath.normal(entry.getName());
        requireSound(entry, path);
        requireReal(path);
        String name = EntryPath.name(path);
        if (name.startsWith(WHITEOUT)) {
            noteWhiteout(EntryPath.parent(path), name);
            return false;
        }
        if (entry.isCharacterDevice() || entry.isBlockDevice()) {
            // containers get their own /dev; a device in an image is never needed and a 0/0 one would delete files
            return false;
        }
        noteNode(entry, path);
        bytes += entry.getSize();
        if (bytes > limits.bytes()) {
            throw tooLarge(limits.bytes());
        }
        return true;
    }

    /** Bytes of all accepted files. */
    long bytes() {
        return bytes;
    }

    /** Entries seen, whiteouts and devices included. */
    long entries() {
        return entries;
    }

    /** Paths to be made whiteouts, in order. */
    List<String> whiteouts() {
        return deleted.stream().filter(path -> !nodes.containsKey(path)).toList();
    }

    /** Directories to be made opaque with their own metadata, in order; those that were deleted and made anew among them. */
    Map<String, Node> opaqueDirectories() {
        Map<String, Node> directories = new TreeMap<>();
        List<String> paths = new ArrayList<>(opaque);
        deleted.stream().filter(this::isDirectory).forEach(paths::add);
        for (String path : paths) {
            directories.put(path, nodes.getOrDefault(path, IMPLIED_DIRECTORY));
        }
        return directories;
    }

    /** Directories whose modification time is disturbed when whiteouts are made in them. */
    Map<String, Node> touchedDirectories() {
        Map<String, Node> directories = new TreeMap<>();
        for (String path : whiteouts()) {
            String parent = EntryPath.parent(path);
            Node node = nodes.get(parent);
            if (node != null && node.kind() == Kind.DIRECTORY) {
                directories.put(parent, node);
            }
        }
        return directories;
    }

    static SkepException tooLarge(long limit) {
        return refuse("it unpacks to more than " + Text.megabytes(limit)
                + "; if that is meant, raise 'layerBytes' in io.skep.runtime.oci");
    }

    private void requireSound(TarArchiveEntry entry, String path) {
        if (!entry.isCheckSumOK()) {
            throw refuse("the checksum of an entry is wrong; this is not a tar file, or it is damaged");
        }
        if (entry.isSparse()) {
            throw refuse("'" + Text.printable(path) + "' is stored as a sparse file; write it without --sparse");
        }
        if (TYPES.indexOf(entry.getLinkFlag()) < 0) {
            throw refuse("'" + Text.printable(path) + "' is of an unknown type");
        }
        if (entry.getSize() < 0 || (entry.getSize() > 0 && !isRegular(entry))) {
            throw refuse("'" + Text.printable(path) + "' has content but is not a file");
        }
        if (entry.isLink()) {
            requireReal(EntryPath.normal(entry.getLinkName()));
        }
    }

    /** Refuses a path through a symbolic link of this layer: written there, it would land somewhere else. */
    private void requireReal(String path) {
        for (String parent = EntryPath.parent(path); !parent.isEmpty(); parent = EntryPath.parent(parent)) {
            Node node = nodes.get(parent);
            if (node != null && node.kind() == Kind.LINK) {
                throw refuse("'" + Text.printable(path) + "' leads through the symbolic link '" + Text.printable(parent)
                        + "'");
            }
        }
    }

    private void noteWhiteout(String parent, String name) {
        if (name.equals(OPAQUE)) {
            opaque.add(parent);
            return;
        }
        if (name.startsWith(AUFS)) {
            return;
        }
        String hidden = name.substring(WHITEOUT.length());
        if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..") || hidden.indexOf('\uFFFD') >= 0) {
            throw refuse("the whiteout '" + Text.printable(name) + "' names no file");
        }
        deleted.add(EntryPath.child(parent, hidden));
    }

    private void noteNode(TarArchiveEntry entry, String path) {
        if (entry.isDirectory()) {
            long modified = entry.getLastModifiedTime().toMillis();
            nodes.put(
                    path,
                    new Node(
                            Kind.DIRECTORY,
                            entry.getMode() & 07777,
                            entry.getLongUserId(),
                            entry.getLongGroupId(),
                            modified));
        } else {
            nodes.put(path, entry.isSymbolicLink() ? LINK : FILE);
        }
    }

    private boolean isDirectory(String path) {
        Node node = nodes.get(path);
        return node != null && node.kind() == Kind.DIRECTORY;
    }

    private static boolean isRegular(TarArchiveEntry entry) {
        return entry.isFile() && !entry.isLink() && !entry.isSymbolicLink();
    }

    private static SkepException refuse(String why) {
        return new SkepException(ErrorCode.INVALID_ARGUMENT, "refused: " + why);
    }

    /** What a path of the layer is. */
    enum Kind {
        FILE,
        LINK,
        DIRECTORY
    }

    /** A path of the layer; the rest matters for directories only. */
    record Node(Kind kind, int mode, long user, long group, long modifiedMillis) {}
}
