package io.skep.runtime.support;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program of the host with an argument vector, never through a shell's parsing, in an environment that holds nothing
 * but a search path: what the Java virtual machine was given in its environment stays there.
 *
 * @param argv the program and its arguments
 * @param env added to the search path
 * @param directory where it runs
 * @param errors where standard error goes: with the output, or nowhere
 * @param timeout after which it and its children are killed
 */
public record Program(
        List<String> argv, Map<String, String> env, Optional<Path> directory, Errors errors, Duration timeout) {
    /** More output than this is read and dropped. */
    public static final int MAX_OUTPUT = 1 << 20;

    private static final File NOWHERE = new File("/dev/null");
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** Where standard error goes. */
    public enum Errors {
        MERGED,
        DROPPED
    }

    /**
     * What a program left.
     *
     * @param exitCode 0–255
     * @param text its output, UTF-8, malformed bytes replaced
     */
    public record Output(int exitCode, String text) {
        /** True when the program says that it succeeded. */
        public boolean ok() {
            return exitCode == 0;
        }
    }

    /** A program with standard error merged into its output. */
    public static Program of(Duration timeout, List<String> argv) {
        return new Program(argv, Map.of(), Optional.empty(), Errors.MERGED, timeout);
    }

    /** The same in another directory. */
    public Program in(Path where) {
        return new Program(argv, env, Optional.of(where), errors, timeout);
    }

    /** The same with a further environment variable. */
    public Program with(String name, String value) {
        return new Program(argv, Map.of(name, value), directory, errors, timeout);
    }

    /** The same with standard error dropped. */
    public Program quiet() {
        return new Program(argv, env, directory, Errors.DROPPED, timeout);
    }

    /** Runs to the end. Blocks; see {@link #run(Runnable)}. */
    public Output run() {
        return run(() -> {});
    }

    /**
     * Runs to the end of the program itself: children that it leaves behind with its output open are not waited for. Blocks, interruptibly.
     *
     * @param onTimeout kills what is not below the program but holds its output open
     * @throws SkepException {@code NOT_INSTALLED} when there is no such program, {@code TIMED_OUT}, {@code EXHAUSTED} when
     *     the host has no process or memory left
     */
    public Output run(Runnable onTimeout) {
        Process process = launch();
        ProgramOutput output = new ProgramOutput(process.getInputStream());
        try {
            boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                kill(process, onTimeout);
            }
            String text = output.await();
            if (!ended) {
                throw new SkepException(
                        ErrorCode.TIMED_OUT, name() + " took longer than " + timeout.toMillis() + " ms and was killed");
            }
            return new Output(process.exitValue(), text);
        } catch (InterruptedException e) {
            kill(process, onTimeout);
            Thread.currentThread().interrupt();
            throw new SkepException(ErrorCode.PART_MISSING, "the runtime was stopped while it waited for " + name(), e);
        }
    }

    private Process launch() {
        ProcessBuilder builder = new ProcessBuilder(argv)
                .redirectErrorStream(errors == Errors.MERGED)
                .redirectInput(NOWHERE);
        if (errors == Errors.DROPPED) {
            builder.redirectError(Redirect.to(NOWHERE));
        }
        directory.ifPresent(path -> builder.directory(path.toFile()));
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        builder.environment().putAll(env);
        try {
            return builder.start();
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private SkepException refused(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("error=2,") || message.contains("error=13,")) {
            return new SkepException(ErrorCode.NOT_INSTALLED, "the program " + name() + " is not on this node", e);
        }
        return new SkepException(
                ErrorCode.EXHAUSTED,
                name() + " cannot be started: " + message + "; end processes or raise the limits",
                e);
    }

    private String name() {
        return Path.of(argv.get(0)).getFileName().toString();
    }

    private static void kill(Process process, Runnable onTimeout) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        onTimeout.run();
    }
}
