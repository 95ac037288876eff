package io.skep.cluster.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The script that holds a lab: the processes of the lab live below it, and it takes everything down when the pipe from this JVM ends, by
 * {@link #close} or with the JVM.
 */
final class Keeper implements AutoCloseable {
    /** Scripts in the lab's directory. */
    static final String HOST = "host.sh";

    static final String NODE = "node.sh";

    private static final int INIT_BELOW_SCRIPT = 2;

    private final Process process;
    private final Path folder;
    private final Namespaces space;

    private Keeper(Process process, Path folder, Namespaces space) {
        this.process = process;
        this.folder = folder;
        this.space = space;
    }

    /** Starts a lab in a new directory below the given one. */
    static Keeper start(Path labs) {
        try {
            Files.createDirectories(labs);
            Path folder = Files.createTempDirectory(labs, "lab-");
            Path script = Scripts.copy("keeper.sh", folder);
            Scripts.copy(HOST, folder);
            Scripts.copy(NODE, folder);
            Process process = new ProcessBuilder("bash", script.toString(), folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader out = process.inputReader();
            if (!"ready".equals(out.readLine())) {
                throw new IllegalStateException("the keeper of " + folder + " ended");
            }
            return new Keeper(process, folder, Namespaces.below(process, INIT_BELOW_SCRIPT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lab's directory, which goes with it. */
    Path folder() {
        return folder;
    }

    /** Where hosts are plugged in: the network is the switch, and its processes are those of all hosts. */
    Namespaces space() {
        return space;
    }

    /** Ends every process of the lab and waits until nothing is left of it. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
