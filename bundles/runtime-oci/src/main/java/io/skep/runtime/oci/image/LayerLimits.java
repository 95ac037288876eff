package io.skep.runtime.oci.image;

/**
 * What a layer may become before it is taken for an attack.
 *
 * @param bytes of its files, unpacked; at least 1
 * @param entries files, directories and links; at least 1
 */
record LayerLimits(long bytes, long entries) {
    static final LayerLimits STANDARD = new LayerLimits(64L << 30, 1_000_000);

    private static final long LARGEST = 1L << 50;
    private static final long OVERHEAD = 4096;

    LayerLimits {
        bytes = Math.min(Math.max(1, bytes), LARGEST);
        entries = Math.min(Math.max(1, entries), Integer.MAX_VALUE);
    }

    /** Bytes of the tar stream, headers and padding included. */
    long streamBytes() {
        return bytes + (entries + 256) * OVERHEAD;
    }
}
