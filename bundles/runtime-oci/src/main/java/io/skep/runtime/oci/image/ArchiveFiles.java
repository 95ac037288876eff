package io.skep.runtime.oci.image;

import java.io.IOException;
import java.io.InputStream;

/** The files of an image archive by their names, whether it is a directory or a tar; nothing outside of it can be reached. */
interface ArchiveFiles extends AutoCloseable {
    boolean contains(String name);

    /**
     * Opens a file.
     *
     * @throws java.nio.file.NoSuchFileException when the archive lacks it
     */
    InputStream open(String name) throws IOException;

    @Override
    void close() throws IOException;

    /** The blobs of an OCI layout. */
    default BlobSource blobs() {
        return blob -> open("blobs/sha256/" + Sha256.hex(blob.digest()));
    }
}
