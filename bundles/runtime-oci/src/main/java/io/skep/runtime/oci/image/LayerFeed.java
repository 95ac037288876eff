package io.skep.runtime.oci.image;

import io.skep.api.runtime.Progress;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Reads a layer entry by entry and passes on those that the scan accepts, headers and content unchanged, so that names,
 * attributes and times keep every bit; at the end come the marks for overlayfs.
 */
final class LayerFeed {
    private static final int BUFFER = 1 << 16;
    private static final int BLOCK = 512;
    private static final long REPORTED = 64_000_000;

    private final LayerStream stream;
    private final LayerScan scan;
    private final Progress progress;
    private final byte[] buffer = new byte[BUFFER];
    private int padding;
    private long reported;

    LayerFeed(LayerStream stream, LayerScan scan, Progress progress) {
        this.stream = stream;
        this.scan = scan;
        this.progress = progress;
    }

    void copy(OutputStream sink) throws IOException {
        try (TarArchiveInputStream in = new TarArchiveInputStream(stream, "UTF-8")) {
            stream.record();
            for (TarArchiveEntry entry = next(in); entry != null; entry = next(in)) {
                // they begin with the padding of the entry before
                byte[] headers = stream.recorded();
                RawHeaders.requireLocal(headers, padding);
                OutputStream chosen = scan.accept(entry) ? sink : OutputStream.nullOutputStream();
                chosen.write(headers, padding, headers.length - padding);
                content(in, chosen);
                padding = (int) ((BLOCK - entry.getSize() % BLOCK) % BLOCK);
                chosen.write(new byte[padding]);
                report();
                stream.record();
            }
        }
        OverlayMarks.write(scan, sink);
    }

    private static TarArchiveEntry next(TarArchiveInputStream in) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw Failures.interrupted("unpacking a layer");
        }
        try {
            return in.getNextEntry();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException("an entry's headers cannot be read", e);
        }
    }

    private void content(TarArchiveInputStream in, OutputStream sink) throws IOException {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            sink.write(buffer, 0, n);
        }
    }

    private void report() {
        if (scan.bytes() - reported >= REPORTED) {
            reported = scan.bytes();
            progress.report("unpacked " + Text.megabytes(reported));
        }
    }
}
