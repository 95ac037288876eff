package io.skep.runtime.oci;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.runtime.support.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Finds the programs on this node, when they are first needed, and remembers them once they are all there: installing what
 * is missing needs no restart.
 */
final class Engines {
    /** Takes runc when it is there, else crun when it can start a container. */
    static final String AUTO = "auto";

    /** Where programs of a host are. */
    static final List<Path> SEARCHED = List.of(
            Path.of("/usr/local/sbin"),
            Path.of("/usr/local/bin"),
            Path.of("/usr/sbin"),
            Path.of("/usr/bin"),
            Path.of("/sbin"),
            Path.of("/bin"));

    private static final Duration SHORT = Duration.ofSeconds(10);

    private final Path root;
    private final String wanted;
    private final List<Path> searched;
    private final AtomicReference<@Nullable CompletableFuture<Engine>> found = new AtomicReference<>();

    /**
     * Does not look yet.
     *
     * @param wanted {@code auto}, {@code runc} or {@code crun}
     * @param searched the directories of the host's programs
     */
    Engines(Path root, String wanted, List<Path> searched) {
        this.root = root;
        this.wanted = wanted;
        this.searched = List.copyOf(searched);
    }

    /**
     * The programs.
     *
     * @throws SkepException {@code NOT_INSTALLED} naming what is missing and how to get it
     */
    Engine require() {
        CompletableFuture<Engine> mine = new CompletableFuture<>();
        CompletableFuture<Engine> first = found.compareAndExchange(null, mine);
        if (first == null) {
            look(mine);
            first = mine;
        }
        try {
            return first.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof SkepException cause
                    ? new SkepException(cause.code(), String.valueOf(cause.getMessage()), cause)
                    : e;
        }
    }

    /** The programs for a container that exists, though another program may be configured by now. */
    Engine of(ContainerRecord record) {
        return require().using(Path.of(record.program()));
    }

    /** One looks, all others wait for what is found: the check of crun takes the machine's time and a directory. */
    private void look(CompletableFuture<Engine> answer) {
        try {
            answer.complete(look());
        } catch (RuntimeException e) {
            found.set(null);
            answer.completeExceptionally(e);
        }
    }

    private Engine look() {
        if (!Host.isRoot()) {
            throw new SkepException(
                    ErrorCode.WRONG_STATE,
                    "containers of images need root; start the node as root, or use the runtime process");
        }
        Path monitor =
                find("conmon").orElseThrow(() -> Engine.missing("conmon, the monitor of containers,", "conmon runc"));
        Optional<Path> runc = find("runc").filter(path -> !wanted.equals("crun"));
        if (runc.isPresent()) {
            return engine(runc.get(), runc.get(), monitor);
        }
        Path crun = find("crun")
                .filter(path -> !wanted.equals("runc"))
                .orElseThrow(() -> wanted.equals("crun")
                        ? Engine.missing("crun, the OCI runtime that is configured,", "crun")
                        : Engine.missing("runc, the OCI runtime,", "runc"));
        return new CrunCheck(root)
                .usable(crun)
                .map(program -> engine(program, crun, monitor))
                .orElseThrow(
                        () -> new SkepException(
                                ErrorCode.NOT_INSTALLED,
                                "crun cannot start containers on this node; install runc: apt-get install -y --no-install-recommends runc"));
    }

    private Engine engine(Path program, Path real, Path monitor) {
        String said = version(real);
        return new Engine(
                program,
                monitor,
                firstLine(said).replace(" version", "") + ", "
                        + firstLine(version(monitor)).replace(" version", ""),
                said.contains("libseccomp") || said.contains("+SECCOMP"),
                root.resolve("state"),
                root.resolve("exits"));
    }

    private static String version(Path program) {
        return Program.of(SHORT, List.of(program.toString(), "--version")).run().text();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("unknown").strip();
    }

    /** Where a program of the host is. */
    Optional<Path> find(String name) {
        return searched.stream()
                .map(dir -> dir.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
