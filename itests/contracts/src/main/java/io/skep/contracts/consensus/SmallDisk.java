package io.skep.contracts.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real file system of a few megabytes that a test can fill to the last byte in one go, and empty again. */
public final class SmallDisk implements AutoCloseable {
    private final Path root;
    private final Path filler;

    private SmallDisk(Path root) {
        this.root = root;
        this.filler = root.resolve("filler");
    }

    public static SmallDisk mount(Path root, int megabytes) throws IOException {
        Files.createDirectories(root);
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", root.toString());
        return new SmallDisk(root);
    }

    public static void run(String... command) throws IOException {
        assertThat(new ProcessBuilder(command)
                        .inheritIO()
                        .start()
                        .onExit()
                        .join()
                        .exitValue())
                .isZero();
    }

    public Path directory() {
        return root.resolve("member");
    }

    public long room() {
        return root.toFile().getUsableSpace();
    }

    /** Somebody else takes all that there is, unless somebody did. */
    public void fillUp() {
        try {
            if (!Files.exists(filler)) {
                fill(0);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Somebody else takes what there is but for so many bytes. */
    public void fill(long left) throws IOException {
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] zeros = new byte[1 << 20];
            while (room() > left) {
                out.write(zeros, 0, (int) Math.min(zeros.length, room() - left));
            }
        } catch (IOException full) {
            assertThat(room()).isLessThan(4096);
        }
    }

    /** The operator frees it. */
    public void free() throws IOException {
        Files.delete(filler);
    }

    @Override
    public void close() throws IOException {
        run("umount", "-l", root.toString()); // a file that is about to be closed is no reason to fail
    }
}
