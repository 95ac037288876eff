package io.skep.runtime.oci.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** An archive that is a directory. */
final class DirectoryFiles implements ArchiveFiles {
    private final Path directory;

    DirectoryFiles(Path directory) throws IOException {
        this.directory = directory.toRealPath();
    }

    @Override
    public boolean contains(String name) {
        try {
            return Files.isRegularFile(directory.resolve(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Override
    public InputStream open(String name) throws IOException {
        if (!contains(name)) {
            throw new NoSuchFileException(name);
        }
        // links may lead around inside, not out: an archive must not make the root user's files readable
        Path file = directory.resolve(name).toRealPath();
        if (!file.startsWith(directory)) {
            throw new NoSuchFileException(name);
        }
        return Files.newInputStream(file);
    }

    @Override
    public void close() {}
}
