package io.skep.runtime.oci.image;

import io.skep.api.runtime.Progress;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Unpacks a layer into the form that overlayfs takes as a lower directory. Every entry is judged here; what is harmless goes
 * to the system's tar, which alone can restore owners, capabilities and device nodes, and which by itself refuses paths
 * that lead out.
 */
final class LayerUnpacker {
    private static final String DOING = "unpacking a layer";
    private static final int SHOWN = 300;

    private static final List<String> UNPACK = List.of(
            "--extract",
            "--file=-",
            "--blocking-factor=128",
            "--numeric-owner",
            "--same-owner",
            "--same-permissions",
            "--delay-directory-restore",
            "--warning=no-timestamp",
            "--xattrs",
            "--xattrs-include=security.capability",
            "--xattrs-include=user.*",
            "--xattrs-include=trusted.overlay.opaque",
            "--xattrs-exclude=user.overlay.*");

    private final LayerLimits limits;

    LayerUnpacker(LayerLimits limits) {
        this.limits = limits;
    }

    /**
     * Unpacks into an empty directory.
     *
     * @param stored compressed or not; read to its end, so that its trailer and digest get checked
     * @param errors a file that takes what tar complains of
     * @throws IOException when {@code stored} cannot be read as a layer
     */
    Unpacked unpack(InputStream stored, Path target, Path errors, Progress progress) throws IOException {
        LayerScan scan = new LayerScan(limits);
        LayerStream stream = new LayerStream(Compression.plain(stored, "the layer"), limits.streamBytes());
        try (TarProcess tar = TarProcess.start(DOING, target, errors, UNPACK)) {
            try (OutputStream feed = new Feed(tar.input())) {
                new LayerFeed(stream, scan, progress).copy(feed);
            } catch (BrokenFeed e) {
                requireSuccess(tar);
                throw Failures.disk(DOING, e);
            }
            requireSuccess(tar);
        }
        String diffId = stream.diffId();
        stored.transferTo(OutputStream.nullOutputStream());
        return new Unpacked(diffId, scan.bytes(), scan.entries());
    }

    private static void requireSuccess(TarProcess tar) throws IOException {
        if (tar.await() == 0) {
            return;
        }
        String said = tar.complaints();
        if (Failures.isFull(said)) {
            throw Failures.full(DOING, null);
        }
        if (said.contains("Operation not permitted")) {
            throw new SkepException(
                    ErrorCode.FAILED, DOING + " failed: it needs root's rights; run the node as root: " + first(said));
        }
        throw Failures.malformed("the layer", first(said));
    }

    private static String first(String said) {
        String line = said.lines().findFirst().orElse("tar failed without a word");
        return Text.printable(line.substring(0, Math.min(SHOWN, line.length())));
    }

    /**
     * A layer on disk.
     *
     * @param diffId digest of its uncompressed tar
     * @param bytes of its files
     * @param entries of its tar
     */
    record Unpacked(String diffId, long bytes, long entries) {}

    /** Tells a failure to write to tar from a failure to read the layer. */
    private static final class Feed extends FilterOutputStream {
        Feed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            try {
                out.write(buffer, offset, length);
            } catch (IOException e) {
                throw new BrokenFeed(e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException e) {
                throw new BrokenFeed(e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } catch (IOException e) {
                throw new BrokenFeed(e);
            }
        }
    }

    /** The tar program went away before it had read everything. */
    private static final class BrokenFeed extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenFeed(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
