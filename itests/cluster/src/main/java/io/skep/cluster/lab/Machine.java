package io.skep.cluster.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A host while it has power: process 1 and whatever runs below it. */
final class Machine {
    private static final int INIT_BELOW_ENTERING = 2;

    private final Process process;
    private final Namespaces space;

    private Machine(Process process, Namespaces space) {
        this.process = process;
        this.space = space;
    }

    /** Boots host {@code number} of a lab, whose disk is attached. */
    static Machine boot(Keeper keeper, int number, Path template) {
        try {
            Path script = keeper.folder().resolve(Keeper.HOST);
            Path errors = keeper.folder().resolve("h" + number).resolve("boot.err");
            List<String> line =
                    List.of("bash", script.toString(), keeper.folder().toString(), "" + number, template.toString());
            Process process = new ProcessBuilder(keeper.space().line(line))
                    .redirectError(errors.toFile())
                    .start();
            process.getOutputStream().close();
            if (!"up".equals(process.inputReader(StandardCharsets.UTF_8).readLine())) {
                throw new IllegalStateException("host " + number + " does not boot: " + Files.readString(errors));
            }
            return new Machine(process, Namespaces.below(process, INIT_BELOW_ENTERING));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Namespaces space() {
        return space;
    }

    /** Stops every process but the first until {@link #resume}. */
    void pause() {
        space.must("bash", "-c", "kill -STOP -1");
    }

    /** Lets them go on, and those of this JVM's programs that stopped with the one which they entered the host for. */
    void resume() {
        space.must("bash", "-c", "kill -CONT -1");
        List<String> line = new ArrayList<>(List.of("kill", "-CONT"));
        ProcessHandle.current().children().forEach(child -> line.add(Long.toString(child.pid())));
        Programs.run(line, "");
    }

    /** Ends every process at once. */
    void kill() {
        ProcessHandle.of(space.pid()).ifPresent(ProcessHandle::destroyForcibly);
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a host went down", e);
        }
    }
}
