package io.skep.runtime.oci.image;

import io.skep.api.runtime.ImageStore;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** A file on its way into the store, in a temporary directory of its own. */
final class ArrivingFile implements ImageStore.Arrival {
    private final StoreDirectories directories;
    private final Path directory;
    private final Path file;
    private final FileChannel channel;
    private final MessageDigest digest = Sha256.start();

    private ArrivingFile(StoreDirectories directories, Path directory, Path file, FileChannel channel) {
        this.directories = directories;
        this.directory = directory;
        this.file = file;
        this.channel = channel;
    }

    static ArrivingFile open(StoreDirectories directories, String name) {
        if (name.isEmpty() || name.matches("\\.{1,2}|(?s).*[/\\x00].*")) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + Text.printable(name) + "' is no file name; name the file without directories");
        }
        Path directory = directories.newTemporary("arrival");
        // Images are called after the file with the same letters, and no locale forbids these.
        Path file = directory.resolve(name.replaceAll("[^A-Za-z0-9._-]", "-"));
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new ArrivingFile(directories, directory, file, channel);
        } catch (IOException e) {
            directories.delete(directory);
            throw Failures.disk("taking in " + Text.printable(name), e);
        }
    }

    @Override
    public void append(ByteBuffer piece) {
        digest.update(piece.duplicate());
        ByteBuffer rest = piece.duplicate();
        try {
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        } catch (IOException e) {
            throw Failures.disk("taking in " + Text.printable(String.valueOf(file.getFileName())), e);
        }
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public String digest() {
        try {
            return Sha256.end((MessageDigest) digest.clone());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the SHA-256 of every Java platform can be cloned", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw Failures.disk("giving up " + file, e);
        } finally {
            directories.delete(directory);
        }
    }
}
