package io.skep.cluster.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An ext4 file system of its own: it has an end, and in a power cut it loses what was not flushed. */
final class FileSystemDisk implements Disk {
    /** Room that a host itself cannot free. */
    private static final String BALLAST = "ballast";

    private final Namespaces lab;
    private final Path directory;
    private Path image;
    private int cuts;
    private boolean mounted;

    /** Makes a file system, to be mounted where the lab's hosts find it. */
    FileSystemDisk(Namespaces lab, Path directory, int megabytes) {
        this.lab = lab;
        this.directory = directory;
        this.image = directory.resolveSibling("disk-0.img");
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Programs.must(List.of("truncate", "--size=" + megabytes + "M", image.toString()));
        Programs.must(List.of("mkfs.ext4", "-q", "-m", "0", "-E", "lazy_itable_init=0", image.toString()));
    }

    /** It is mounted in the lab only. */
    @Override
    public Path files() {
        if (!mounted) {
            lab.must("mount", "-o", "loop", image.toString(), directory.toString());
            mounted = true;
        }
        return lab.root().resolve(directory.toString().substring(1));
    }

    /**
     * Shuts the file system down without a flush; the journal is replayed by the next mount. The kernel may hold on to a file system for a
     * while after the last process that saw it, and would give it back shut down as it is, so what is on the disk goes on in a copy.
     */
    @Override
    public void cutPower() {
        int file = Kernel.CALLS.open(files().toString(), Kernel.READ | Kernel.CLOSE_ON_EXEC);
        try {
            Kernel.CALLS.ioctl(file, Kernel.SHUT_DOWN, new byte[] {Kernel.WITHOUT_FLUSH, 0, 0, 0});
        } finally {
            Kernel.CALLS.close(file);
        }
        Path copy = directory.resolveSibling("disk-" + ++cuts + ".img");
        Programs.must(List.of("cp", "--sparse=always", image.toString(), copy.toString()));
        lab.must("umount", directory.toString());
        Programs.must(List.of("rm", image.toString()));
        mounted = false;
        image = copy;
    }

    @Override
    public void fill() {
        String ballast = directory.resolve(BALLAST).toString();
        try {
            long room = Files.getFileStore(files()).getUsableSpace();
            lab.run(List.of("fallocate", "--length=" + room, ballast));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // What is left over, to the last block; it ends because the disk does.
        lab.run(List.of("bash", "-c", "cat /dev/zero >>\"$0\"", ballast));
    }

    @Override
    public void free() {
        lab.must("rm", directory.resolve(BALLAST).toString());
    }
}
