package io.skep.runtime.oci.image;

import java.io.IOException;
import java.io.InputStream;

/**
 * Where the blobs of an image come from: a layout on disk, an archive, and the seam for a registry. A source is trusted with
 * nothing: whoever reads verifies size and digest.
 */
@FunctionalInterface
interface BlobSource {
    /**
     * Opens a blob from its beginning; may be called again for the same blob.
     *
     * @throws java.nio.file.NoSuchFileException when the source lacks it
     */
    InputStream open(Descriptor blob) throws IOException;

    /** Opens a blob so that reading it to the end verifies it. */
    default InputStream verified(Descriptor blob) throws IOException {
        return new VerifiedInputStream(open(blob), blob);
    }
}
