package io.skep.contracts.consensus;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A disk that promises more than it has, as thinly provisioned volumes do: a file system in an image, of which a part is
 * missing. It takes every write, and fails when that is forced.
 */
public final class ThinDisk implements AutoCloseable {
    private static final int IMAGE_MEGABYTES = 64;
    private static final int BLOCK = 4096;
    /** Punches the blocks of file $1, from number $2 on, out of image $3. */
    private static final String WITHDRAW = """
            set -e
            filefrag -v "$1" | sed -n 's/^ *[0-9]*: *\\([0-9]*\\)\\.\\. *\\([0-9]*\\): *\\([0-9]*\\)\\.\\..*/\\1 \\2 \\3/p' |
            while read -r first last physical; do
                start=$first
                if [ "$start" -lt "$2" ]; then start=$2; fi
                if [ "$start" -le "$last" ]; then
                    fallocate -p -o $(((physical + start - first) * 4096)) -l $(((last - start + 1) * 4096)) "$3"
                fi
            done
            """;

    private final SmallDisk backing;
    private final Path image;
    private final Path root;

    private ThinDisk(SmallDisk backing, Path image, Path root) {
        this.backing = backing;
        this.image = image;
        this.root = root;
    }

    public static ThinDisk mount(Path root) throws IOException {
        Path folder = root.resolve("backing");
        ThinDisk disk = new ThinDisk(
                SmallDisk.mount(folder, IMAGE_MEGABYTES + 4), folder.resolve("image"), root.resolve("thin"));
        fillHoles(disk.image, IMAGE_MEGABYTES << 20);
        SmallDisk.run("mkfs.ext4", "-q", "-b", String.valueOf(BLOCK), "-m", "0", disk.image.toString());
        fillHoles(disk.image, IMAGE_MEGABYTES << 20);
        Files.createDirectories(disk.root);
        disk.mountThin();
        return disk;
    }

    private void mountThin() throws IOException {
        SmallDisk.run("mount", "-o", "loop", image.toString(), root.toString());
    }

    /** Leaves the content as it is, but no block without one. */
    private static void fillHoles(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE)) {
            for (long position = 0; position < bytes; position += BLOCK) {
                ByteBuffer block = ByteBuffer.allocate(BLOCK);
                var unused = channel.read(block, position); // beyond the end the block stays empty
                channel.write(block.clear(), position);
            }
            channel.force(true);
        }
    }

    public Path directory() {
        return root.resolve("member");
    }

    /** Takes away what stands behind a file, from the block on that follows an offset, and all that could replace it. */
    public void withdraw(Path file, long from) throws IOException {
        fillHoles(file, Files.size(file));
        SmallDisk.run("sh", "-c", WITHDRAW, "sh", file.toString(), String.valueOf(from / BLOCK + 1), image.toString());
        backing.fill(0);
    }

    /** Takes away what stands behind no file, so that nothing new finds room, and nobody notices before it is forced. */
    public void withdrawTheRest() throws IOException {
        SmallDisk.run("fstrim", root.toString());
        backing.fill(0);
    }

    public void giveBack() throws IOException {
        backing.free();
    }

    /** Makes the kernel forget what it has of the disk in memory. */
    public void forget() throws IOException {
        SmallDisk.run("umount", root.toString());
        mountThin();
    }

    @Override
    public void close() throws IOException {
        SmallDisk.run("umount", "-l", root.toString());
        backing.close();
    }
}
