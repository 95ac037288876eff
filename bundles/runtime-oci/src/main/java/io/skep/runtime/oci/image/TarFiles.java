package io.skep.runtime.oci.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.jspecify.annotations.Nullable;

/** An archive that is an uncompressed tar file, indexed once and then read in any order. */
final class TarFiles implements ArchiveFiles {
    /** Bytes of headers that an archive of images may have; its content is not counted. */
    private static final long HEADERS = 32 << 20;

    private static final int LINKS = 8;

    private final TarFile tar;
    private final Map<String, TarArchiveEntry> entries = new HashMap<>();

    TarFiles(Path file) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(file);
        boolean opened = false;
        try {
            BudgetChannel budgeted = new BudgetChannel(channel, HEADERS);
            tar = new TarFile(budgeted, TarConstants.DEFAULT_BLKSIZE, TarConstants.DEFAULT_RCDSIZE, "UTF-8", false);
            budgeted.lift();
            opened = true;
        } catch (IllegalArgumentException e) {
            throw new IOException("its headers cannot be read", e);
        } finally {
            if (!opened) {
                channel.close();
            }
        }
        for (TarArchiveEntry entry : tar.getEntries()) {
            entries.put(normal(entry.getName()), entry);
        }
    }

    @Override
    public boolean contains(String name) {
        return resolve(name) != null;
    }

    @Override
    public InputStream open(String name) throws IOException {
        TarArchiveEntry entry = resolve(name);
        if (entry == null) {
            throw new NoSuchFileException(name);
        }
        return tar.getInputStream(entry);
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    /** Follows links inside the archive: old engines saved a layer that two images share as a symbolic link. */
    private @Nullable TarArchiveEntry resolve(String name) {
        String current = normal(name);
        for (int i = 0; i < LINKS; i++) {
            TarArchiveEntry entry = entries.get(current);
            if (entry == null || (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink())) {
                return entry == null || entry.isSparse() ? null : entry;
            }
            if (entry.isSymbolicLink()) {
                current = normal(current + "/../" + entry.getLinkName());
            } else if (entry.isLink()) {
                current = normal(entry.getLinkName());
            } else {
                return null;
            }
        }
        return null;
    }

    private static String normal(String name) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }
}
