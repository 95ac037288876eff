package io.skep.runtime.oci.image;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The system's tar at work, fed or read by this program; its complaints go to a file, so that no thread must read them. */
final class TarProcess implements AutoCloseable {
    private final String doing;
    private final Process process;
    private final Path errors;

    private TarProcess(String doing, Process process, Path errors) {
        this.doing = doing;
        this.process = process;
        this.errors = errors;
    }

    /**
     * Starts tar.
     *
     * @param directory where it unpacks, or what it packs
     * @param errors a new file for its complaints
     */
    static TarProcess start(String doing, Path directory, Path errors, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("tar"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(Redirect.appendTo(errors.toFile()));
        builder.environment().put("LC_ALL", "C");
        try {
            // takes a block of the disk now: when tar fills it, the complaint about that still finds room
            Files.writeString(errors, "\n");
        } catch (IOException e) {
            throw Failures.disk(doing, e);
        }
        try {
            return new TarProcess(doing, builder.start(), errors);
        } catch (IOException e) {
            throw new SkepException(
                    ErrorCode.NOT_INSTALLED,
                    "cannot run 'tar', which images need; install it (apt-get install tar)",
                    e);
        }
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    InputStream output() {
        return process.getInputStream();
    }

    /** Waits for its end; its exit code. */
    int await() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted(doing);
        }
    }

    /** What it complained of. */
    String complaints() throws IOException {
        return new String(Files.readAllBytes(errors), StandardCharsets.UTF_8).strip();
    }

    /** Kills it if it runs, and returns when it is gone: nobody writes below its directory any more. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
