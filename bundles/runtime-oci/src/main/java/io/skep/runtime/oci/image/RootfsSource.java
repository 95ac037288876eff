package io.skep.runtime.oci.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A root file system to import, as a tar stream: the file itself, or what the system's tar makes of a directory. */
final class RootfsSource implements AutoCloseable {
    private static final String DOING = "reading a root file system";

    /** The same directory gives the same bytes: sorted, without the times of access and the process's id. */
    private static final List<String> PACK = List.of(
            "--create",
            "--file=-",
            "--format=posix",
            "--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime",
            "--sort=name",
            "--numeric-owner",
            "--one-file-system",
            "--xattrs",
            "--xattrs-include=security.capability",
            ".");

    private final Path file;
    private final InputStream stream;
    private final @Nullable TarProcess tar;

    private RootfsSource(Path file, InputStream stream, @Nullable TarProcess tar) {
        this.file = file;
        this.stream = stream;
        this.tar = tar;
    }

    /**
     * Opens a file or directory.
     *
     * @param work a directory for temporary files
     */
    static RootfsSource open(Path file, Path work) throws IOException {
        ImageArchive.requireReadable(file);
        if (Files.isDirectory(file)) {
            TarProcess tar = TarProcess.start(DOING, file, work.resolve("source-errors"), PACK);
            return new RootfsSource(file, tar.output(), tar);
        }
        return new RootfsSource(file, Files.newInputStream(file), null);
    }

    InputStream stream() {
        return stream;
    }

    /** The image's age: the same source makes the same image again. */
    Instant modified() throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }

    /** Fails when the directory could not be read as a whole; called when the stream has ended. */
    void requireSuccess() throws IOException {
        if (tar != null) {
            int code = tar.await();
            if (code != 0) {
                throw HostCommand.failure(DOING, "tar", code, tar.complaints());
            }
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
        if (tar != null) {
            tar.close();
        }
    }
}
