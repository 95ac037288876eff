package io.skep.network.linux;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs programs of the host with a script on their standard input, in the network namespace of this process. */
final class HostCommands {
    /** In a script of {@code ip}: the interface gets no IPv6 address of its own accord. */
    static final String IPV6_OFF = " addrgenmode none";

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final String SECONDS = "60";
    private static final int TIMED_OUT = 124;
    private static final int KILLED = 137;

    private final List<String> entry;

    /** Commands in the namespace of this process. */
    HostCommands() {
        this(List.of());
    }

    /**
     * Commands in another namespace.
     *
     * @param entry what goes before every command line, such as {@code nsenter}
     */
    HostCommands(List<String> entry) {
        this.entry = List.copyOf(entry);
    }

    /**
     * What a program left.
     *
     * @param exitCode 0–255
     * @param text its output and errors
     */
    record Output(int exitCode, String text) {
        boolean ok() {
            return exitCode == 0;
        }
    }

    /** Runs a shell script to the end. Where the kernel has no IPv6, what the script says about it is left out. Blocks. */
    Output script(String text) {
        boolean ipv6 = Files.isDirectory(Path.of("/proc/sys/net/ipv6"));
        return run(ipv6 ? text : text.replace(IPV6_OFF, ""), "sh", "-s");
    }

    /** Runs to the end. Blocks; interruption kills the program. */
    Output run(String input, String... argv) {
        Process process = start(argv);
        try {
            feed(process, input);
            String text;
            try (InputStream output = process.getInputStream()) {
                text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            }
            int code = process.waitFor();
            if (code == TIMED_OUT || code == KILLED) {
                throw new SkepException(
                        ErrorCode.TIMED_OUT, argv[0] + " took longer than " + SECONDS + " s and was killed");
            }
            return new Output(code, text);
        } catch (IOException e) {
            throw new SkepException(ErrorCode.FAILED, "the output of " + argv[0] + " is lost: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new SkepException(
                    ErrorCode.PART_MISSING, "the caller stopped while the network driver ran " + argv[0], e);
        }
    }

    /**
     * Starts a program that goes on until it is killed, or until the calling thread ends (prctl(2), PR_SET_PDEATHSIG). Its output is for the
     * caller.
     */
    Process begin(String... argv) {
        return start(Redirect.from(new File("/dev/null")), List.of("setpriv", "--pdeathsig", "KILL"), argv);
    }

    private Process start(String... argv) {
        return start(Redirect.PIPE, List.of("timeout", "-k", "1", SECONDS), argv);
    }

    private Process start(Redirect input, List<String> wrapper, String... argv) {
        List<String> line = new ArrayList<>(wrapper);
        line.addAll(entry);
        line.addAll(List.of(argv));
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectInput(input);
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new SkepException(
                    ErrorCode.EXHAUSTED,
                    "the program " + argv[0] + " cannot be started: " + e.getMessage()
                            + "; end processes or raise the limits",
                    e);
        }
    }

    private static void feed(Process process, String input) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException expected) {
            // The program ended before it had read everything; its output says why.
        }
    }
}
