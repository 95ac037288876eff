package io.skep.runtime.oci.image;

import io.skep.api.runtime.Progress;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** An archive of images that a user named: finds out what it is and reads its table of contents. */
final class ImageArchive implements AutoCloseable {
    private final Path file;
    private final Path temporary;
    private final StoreDirectories directories;
    private final ArchiveFiles files;

    private ImageArchive(Path file, Path temporary, StoreDirectories directories, ArchiveFiles files) {
        this.file = file;
        this.temporary = temporary;
        this.directories = directories;
        this.files = files;
    }

    static ImageArchive open(Path file, StoreDirectories directories, LayerLimits limits, Progress progress)
            throws IOException {
        requireReadable(file);
        Path temporary = directories.newTemporary("archive");
        try {
            return new ImageArchive(file, temporary, directories, files(file, temporary, limits, progress));
        } catch (SkepException | IOException e) {
            directories.delete(temporary);
            throw e;
        }
    }

    List<ImageRecipe> recipes() throws IOException {
        ImageNames names = ImageNames.of(String.valueOf(file.getFileName()));
        if (OciLayout.isIn(files)) {
            boolean both = DockerArchive.isIn(files);
            return OciLayout.read(files, both ? names.with(DockerArchive.names(files)) : names);
        }
        if (DockerArchive.isIn(files)) {
            return DockerArchive.read(files, names);
        }
        throw new SkepException(
                ErrorCode.INVALID_ARGUMENT,
                file
                        + " is no image archive: it has neither index.json (OCI image layout) nor manifest.json (docker save);"
                        + " copy it again if it was cut off, or"
                        + " import a root file system with swarm:image-import FILE NAME");
    }

    /** Fails unless the file can be taken for an archive at all. */
    static void requireReadable(Path file) {
        if (!Files.exists(file)) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    file + " does not exist on this node; name a file or directory that does");
        }
        if ((!Files.isDirectory(file) && !Files.isRegularFile(file)) || !Files.isReadable(file)) {
            throw new SkepException(ErrorCode.INVALID_ARGUMENT, file + " is not a readable file or directory");
        }
    }

    @Override
    public void close() throws IOException {
        try {
            files.close();
        } finally {
            directories.delete(temporary);
        }
    }

    private static ArchiveFiles files(Path file, Path temporary, LayerLimits limits, Progress progress)
            throws IOException {
        if (Files.isDirectory(file)) {
            return new DirectoryFiles(file);
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            if (!Compression.isGzip(in)) {
                // only to refuse what is compressed otherwise
                Compression.plain(in, file.toString());
                return new TarFiles(file);
            }
            progress.report("decompressing " + file.getFileName());
            Path plain = temporary.resolve("archive.tar");
            decompress(in, plain, limits.streamBytes());
            return new TarFiles(plain);
        }
    }

    /** A tar is read in any order, a compressed one cannot be: its manifest may come last. */
    private static void decompress(InputStream in, Path plain, long limit) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long count = 0;
        try (InputStream unzipped = new GZIPInputStream(in, buffer.length);
                OutputStream out = Files.newOutputStream(plain)) {
            for (int n = unzipped.read(buffer); n >= 0; n = unzipped.read(buffer)) {
                count += n;
                if (count > limit) {
                    throw LayerScan.tooLarge(limit);
                }
                out.write(buffer, 0, n);
            }
        }
    }

    /** Explains a failure to read the archive. */
    static SkepException unreadable(Path file, IOException cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof ClosedByInterruptException || Failures.isFull(message)) {
            return Failures.disk("loading " + file, cause);
        }
        if (cause instanceof NoSuchFileException missing) {
            return Failures.malformed(file.toString(), "it lacks '" + Text.printable(missing.getFile()) + "'", cause);
        }
        return Failures.malformed(file.toString(), Text.printable(message) + "; copy or save it again", cause);
    }
}
