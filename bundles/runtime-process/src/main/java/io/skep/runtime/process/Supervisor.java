package io.skep.runtime.process;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.runtime.support.Disk;
import io.skep.runtime.support.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts processes below a small Perl program, {@code supervisor.pl}, which keeps their output and exit codes. */
final class Supervisor {
    private static final Duration SHORT = Duration.ofSeconds(20);
    private static final Path PERL = Path.of("/usr/bin/perl");

    private final Path script;
    private final Path exits;

    Supervisor(Path root, Path exits) {
        this.script = root.resolve("supervisor.pl");
        this.exits = exits;
    }

    /** Why it cannot work on this node. */
    Optional<String> problem() {
        return Files.isExecutable(PERL)
                ? Optional.empty()
                : Optional.of(
                        "perl, which watches processes, is not on this node; install it: apt-get install -y perl-base");
    }

    /** Writes this version of the script; running supervisors have read theirs. */
    void install() {
        try (InputStream text = Supervisor.class.getResourceAsStream("supervisor.pl")) {
            if (text == null) {
                throw new IllegalStateException("supervisor.pl is not in the bundle");
            }
            Disk.write(script, new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the process; returns when its program was executed. */
    void start(Home home, Launch launch) {
        List<String> argv = new ArrayList<>(
                List.of(PERL.toString(), script.toString(), home.path().toString()));
        argv.add(exits.resolve(home.id()).toString());
        argv.add(Long.toString(launch.maxFileBytes()));
        argv.add(Integer.toString(launch.maxFiles()));
        argv.add(launch.directory());
        argv.addAll(launch.command());
        Program program = new Program(argv, launch.env(), Optional.empty(), Program.Errors.MERGED, SHORT);
        Program.Output output = program.run();
        if (!output.ok()) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the command cannot be executed on this node ("
                            + output.text().strip() + "); name a program that it has");
        }
    }

    /** Sends a signal by its name; false when it could not be delivered. */
    static boolean signal(long pid, String name) {
        // The shell's own kill, which every shell has; the name and number are parameters, not text of the script.
        List<String> argv = List.of("/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "sh", name, Long.toString(pid));
        return Program.of(SHORT, argv).run().ok();
    }
}
