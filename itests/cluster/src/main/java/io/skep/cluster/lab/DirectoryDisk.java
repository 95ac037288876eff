package io.skep.cluster.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory of the test's machine: quick, but never full, and a power cut takes nothing from it. */
final class DirectoryDisk implements Disk {
    private final Path directory;

    DirectoryDisk(Path directory) {
        try {
            this.directory = Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path files() {
        return directory;
    }

    @Override
    public void cutPower() {}

    @Override
    public void fill() {
        throw new UnsupportedOperationException("only a lab with disks (LabSpec.withDisks) can fill one");
    }

    @Override
    public void free() {
        throw new UnsupportedOperationException("only a lab with disks (LabSpec.withDisks) can free one");
    }
}
