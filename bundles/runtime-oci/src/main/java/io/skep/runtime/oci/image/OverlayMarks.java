package io.skep.runtime.oci.image;

import io.skep.runtime.oci.image.LayerScan.Node;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Ends a layer's tar with what tells overlayfs to hide files of lower layers (kernel documentation, overlayfs, "whiteouts and opaque directories"). */
final class OverlayMarks {
    private static final String OPAQUE = "SCHILY.xattr.trusted.overlay.opaque";

    private OverlayMarks() {}

    static void write(LayerScan scan, OutputStream sink) throws IOException {
        // not closed: the caller closes the stream below
        TarArchiveOutputStream tar = new TarArchiveOutputStream(sink, "UTF-8");
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        for (String path : scan.whiteouts()) {
            put(tar, whiteout(path));
        }
        Map<String, Node> opaque = scan.opaqueDirectories();
        for (Map.Entry<String, Node> touched : scan.touchedDirectories().entrySet()) {
            if (!opaque.containsKey(touched.getKey())) {
                put(tar, directory(touched.getKey(), touched.getValue()));
            }
        }
        for (Map.Entry<String, Node> hiding : opaque.entrySet()) {
            TarArchiveEntry entry = directory(hiding.getKey(), hiding.getValue());
            entry.addPaxHeader(OPAQUE, "y");
            put(tar, entry);
        }
        tar.finish();
        tar.flush();
    }

    private static TarArchiveEntry whiteout(String path) {
        TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_CHR);
        entry.setDevMajor(0);
        entry.setDevMinor(0);
        entry.setMode(0);
        owner(entry, 0, 0, 0);
        return entry;
    }

    private static TarArchiveEntry directory(String path, Node node) {
        TarArchiveEntry entry = new TarArchiveEntry(path.isEmpty() ? "./" : path + "/", TarConstants.LF_DIR);
        entry.setMode(node.mode());
        owner(entry, node.user(), node.group(), node.modifiedMillis());
        return entry;
    }

    private static void owner(TarArchiveEntry entry, long user, long group, long modifiedMillis) {
        entry.setUserId(user);
        entry.setGroupId(group);
        entry.setUserName("");
        entry.setGroupName("");
        entry.setModTime(modifiedMillis);
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry) throws IOException {
        entry.setSize(0);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }
}
