package io.skep.runtime.oci;

import com.fasterxml.jackson.databind.JsonNode;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.runtime.support.Disk;
import io.skep.runtime.support.ProcessId;
import io.skep.runtime.support.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The programs that do the work: an OCI runtime, and conmon, which stays as each container's parent, keeps its output and
 * notes its exit code, whatever becomes of the Java virtual machine.
 *
 * @param program path of runc, crun or a wrapper of it
 * @param monitor path of conmon
 * @param version of both, for people
 * @param seccomp the program can filter system calls
 * @param state where the program keeps its own state
 * @param exits where monitors write exit codes, one file a container
 */
record Engine(Path program, Path monitor, String version, boolean seccomp, Path state, Path exits) {
    private static final Duration CREATE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(20);

    /**
     * Waits for the monitor's word over a pipe. The monitor inherits the pipe as number 3 and tells through it that the
     * container was created or why not; Java cannot hand a pipe of its own to a child. The text is constant: all that varies
     * comes as positional parameters.
     */
    private static final String AWAIT_SYNC =
            "{ \"$@\" 3>&1 >/dev/null 2>&4 4>&- | { IFS= read -r line; printf '%s\\n' \"$line\"; }; } 4>&1";

    /** What the OCI runtime says of a container. */
    record Status(boolean created, Optional<Instant> createdAt) {}

    /** The same with another program, for containers that it made. */
    Engine using(Path other) {
        return other.equals(program) ? this : new Engine(other, monitor, version, seccomp, state, exits);
    }

    /** Creates the container of a bundle below a new monitor; its first process waits for {@link #start}. */
    void create(ContainerDir container, LogRotation logs, String command) {
        List<String> argv = new ArrayList<>(List.of("/bin/sh", "-c", AWAIT_SYNC, "sh", monitor.toString()));
        argv.addAll(List.of("--api-version", "1", "--cid", container.id(), "--cuuid", container.id()));
        argv.addAll(List.of("--name", container.id(), "--runtime", program.toString()));
        argv.addAll(List.of("--runtime-arg", "--root", "--runtime-arg", state.toString()));
        argv.addAll(List.of("--bundle", container.bundle().toString(), "--full-attach"));
        argv.addAll(List.of("--container-pidfile", container.pid().toString()));
        argv.addAll(List.of("--conmon-pidfile", container.monitorPid().toString()));
        argv.addAll(List.of(
                "--exit-dir",
                exits.toString(),
                "--persist-dir",
                container.path().toString()));
        argv.addAll(logs.ofMonitor());
        Program.Output output = Program.of(CREATE, argv)
                .in(container.path())
                .with("_OCI_SYNCPIPE", "3")
                .run(() -> monitorOf(container).ifPresent(ProcessId::kill));
        String word = lastLine(output.text());
        Optional<JsonNode> answer = Disk.parseJson(word);
        if (answer.isEmpty() || answer.get().path("data").asLong(-1) <= 0) {
            String reason = answer.map(json -> json.path("message").asText()).orElse(output.text());
            throw EngineFailure.of(reason, command);
        }
    }

    /** Lets the first process of a created container go on to its command. */
    void start(String id, String command) {
        Program.Output output = Program.of(SHORT, command("start", id)).run();
        if (!output.ok()) {
            throw EngineFailure.of(output.text(), command);
        }
    }

    /** Sends a signal to the first process; false when it could not be delivered. */
    boolean signal(String id, String signal) {
        return Program.of(SHORT, command("kill", id, signal)).run().ok();
    }

    /** Ends what is left of the container's processes and forgets it, with its control groups; no error when it is unknown. */
    void delete(String id) {
        Program.Output output = Program.of(SHORT, command("delete", id)).run();
        if (!output.ok()) {
            deleteForcibly(id);
        }
    }

    /** The same when processes may still run. */
    void deleteForcibly(String id) {
        Program.of(SHORT, command("delete", "--force", id)).run();
    }

    /** What the OCI runtime knows of a container. */
    Optional<Status> status(String id) {
        Program.Output output = Program.of(SHORT, command("state", id)).quiet().run();
        return Disk.parseJson(output.text())
                .filter(json -> output.ok())
                .map(json -> new Status(
                        json.path("status").asText().equals("created"),
                        Optional.of(json.path("created").asText())
                                .filter(text -> !text.isEmpty())
                                .map(text -> OffsetDateTime.parse(text).toInstant())));
    }

    /** The command line of a further process in a container. */
    List<String> exec(String id, Path pidFile, Path log, List<String> command) {
        List<String> argv =
                new ArrayList<>(command("--log", log.toString(), "exec", "--pid-file", pidFile.toString(), id));
        argv.addAll(command);
        return argv;
    }

    /** The monitor of a container, by the number that it wrote, if that process is one and this container's. */
    static Optional<ProcessId> monitorOf(ContainerDir container) {
        return Disk.readNumber(container.monitorPid()).flatMap(ProcessId::of).filter(process -> Disk.read(
                        Path.of("/proc/" + process.pid() + "/cmdline"))
                .filter(line -> line.contains("conmon") && line.contains(container.id()))
                .isPresent());
    }

    private List<String> command(String... arguments) {
        List<String> argv = new ArrayList<>(List.of(program.toString(), "--root", state.toString()));
        argv.addAll(List.of(arguments));
        return argv;
    }

    private static String lastLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
    }

    /** For {@link SkepException}s that are about the programs themselves. */
    static SkepException missing(String what, String packages) {
        return new SkepException(
                ErrorCode.NOT_INSTALLED,
                what + " is not on this node; install it: apt-get install -y --no-install-recommends " + packages);
    }
}
