package io.skep.runtime.process;

import io.skep.api.runtime.Container;
import io.skep.api.runtime.Container.State;
import io.skep.api.runtime.ContainerConfig;
import io.skep.api.runtime.ContainerRuntime;
import io.skep.api.runtime.ContainerStats;
import io.skep.api.runtime.ExecResult;
import io.skep.api.runtime.Exit;
import io.skep.api.runtime.LogQuery;
import io.skep.api.runtime.LogSink;
import io.skep.api.runtime.RuntimeInfo;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.runtime.support.DirectoryWatch;
import io.skep.runtime.support.Disk;
import io.skep.runtime.support.Exits;
import io.skep.runtime.support.LogWatch;
import io.skep.runtime.support.Orphans;
import io.skep.runtime.support.ProcessId;
import io.skep.runtime.support.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Runs a service's command as a plain process of the host: no image, no isolation, no limits, but the same supervision. */
@Component(
        service = ContainerRuntime.class,
        configurationPid = ProcessRuntime.PID,
        property = "runtime=" + ProcessRuntime.NAME)
public final class ProcessRuntime implements ContainerRuntime {
    static final String NAME = "process";
    static final String PID = "io.skep.runtime.process";

    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}");
    private static final Duration KILLED = Duration.ofSeconds(15);

    private final Path homes;
    private final Supervisor supervisor;
    private final DirectoryWatch watch;
    private final Exits exits;
    private final Orphans orphans;
    private final LogWatch logs;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** What can be set in {@code etc/io.skep.runtime.process.cfg}. */
    public @interface Config {
        /** The directory of what is kept of processes; empty means {@code ${karaf.data}/runtime-process}. */
        String root() default "";
    }

    /** Called by Declarative Services. */
    @Activate
    public ProcessRuntime(BundleContext context, Config config) {
        this(root(context, config.root()));
    }

    /** For tests: the same without a service registry. */
    ProcessRuntime(Path root) {
        homes = root.resolve("containers");
        Path codes = root.resolve("exits");
        Disk.directories(homes, codes);
        supervisor = new Supervisor(root, codes);
        supervisor.install();
        watch = new DirectoryWatch("runtime-process");
        logs = new LogWatch(watch);
        exits = new Exits(codes, watch, id -> false, this::ended);
        orphans = new Orphans(exits);
    }

    private static Path root(BundleContext context, String configured) {
        String data = context.getProperty("karaf.data");
        Path standard = Path.of(data == null ? "data" : data, "runtime-process");
        return (configured.isEmpty() ? standard : Path.of(configured)).toAbsolutePath();
    }

    @Deactivate
    void close() {
        closed = true;
        exits.close();
        logs.close();
        orphans.close();
        watch.close();
    }

    private Home home(String id) {
        return new Home(homes.resolve(id));
    }

    private void ended(String id) {
        logs.end(id, home(id).logs());
        orphans.forget(id);
    }

    private static Launch require(Home home) {
        return home.launch().orElseThrow(() -> Exits.unknown(home.id()));
    }

    @Override
    public RuntimeInfo info() {
        return new RuntimeInfo(NAME, "perl", supervisor.problem());
    }

    @Override
    public List<Container> adopt() {
        List<Container> found = new ArrayList<>();
        for (Path path : Disk.list(homes)) {
            Home home = new Home(path);
            Optional<Launch> launch = home.launch();
            if (launch.isPresent()) {
                found.add(adopt(home, launch.get()));
            } else if (!busy.contains(home.id())) {
                delete(home);
            }
        }
        exits.recorded().stream().filter(id -> !Files.exists(home(id).path())).forEach(exits::forget);
        return found;
    }

    private Container adopt(Home home, Launch launch) {
        Container seen = inspect(home, launch);
        if (seen.state() == State.RUNNING) {
            supervise(home);
        }
        return seen;
    }

    private void supervise(Home home) {
        logs.begin(home.id(), home.logs(), home.logs().path(), () -> {});
        orphans.watch(home.id(), home.process(), home.supervisor());
        exits.supervise(home.id());
    }

    /** What the process is doing now, from disk and kernel. */
    private Container inspect(Home home, Launch launch) {
        Optional<Exit> exit = exits.read(home.id());
        Optional<ProcessId> process = home.process();
        if (exit.isEmpty()
                && process.isPresent()
                && !process.get().alive()
                && home.supervisor().filter(ProcessId::alive).isEmpty()) {
            exit = exits.read(home.id()).or(() -> recordUnknown(home.id()));
        }
        boolean ended = exit.isPresent();
        State state = process.isPresent() ? State.RUNNING : State.PREPARED;
        return new Container(
                home.id(),
                launch.labels(),
                ended ? State.EXITED : state,
                ended || process.isEmpty()
                        ? OptionalInt.empty()
                        : OptionalInt.of((int) process.get().pid()),
                home.startedAt(),
                exit);
    }

    private Optional<Exit> recordUnknown(String id) {
        exits.recordUnknown(id);
        return exits.read(id);
    }

    @Override
    public Container prepare(ContainerConfig config) {
        if (!ID.matcher(config.id()).matches()) {
            throw new SkepException(ErrorCode.INVALID_ARGUMENT, "the container id '" + config.id() + "' is malformed");
        }
        supervisor.problem().ifPresent(problem -> {
            throw new SkepException(ErrorCode.NOT_INSTALLED, problem);
        });
        Home home = home(config.id());
        Launch launch = Launch.of(config);
        busy.add(config.id());
        try {
            if (home.launch().isEmpty()) {
                delete(home);
                Disk.directories(home.logs().path());
                Disk.writeJson(home.record(), launch.toJson());
            }
        } finally {
            busy.remove(config.id());
        }
        return inspect(home, require(home));
    }

    @Override
    public Container start(String id) {
        Home home = home(id);
        Launch launch = require(home);
        Container before = inspect(home, launch);
        if (before.state() != State.PREPARED) {
            return before;
        }
        supervisor.start(home, launch);
        Container started = inspect(home, launch);
        if (started.state() == State.PREPARED) {
            throw new SkepException(
                    ErrorCode.FAILED,
                    "the process of " + id + " was begun by somebody who was killed; remove the container");
        }
        supervise(home);
        return started;
    }

    @Override
    public CompletionStage<Exit> await(String id) {
        Home home = home(id);
        if (closed) {
            return CompletableFuture.failedFuture(Exits.stopped());
        }
        Optional<Launch> launch = home.launch();
        if (launch.isEmpty()) {
            return CompletableFuture.failedFuture(Exits.unknown(id));
        }
        CompletableFuture<Exit> exit = exits.await(id);
        inspect(home, launch.get());
        return exit.copy();
    }

    @Override
    public void stop(String id, Duration grace) {
        Home home = home(id);
        home.launch().ifPresent(launch -> {
            State state = inspect(home, launch).state();
            if (state == State.PREPARED) {
                exits.recordUnknown(id);
            } else if (state == State.RUNNING) {
                stop(home, launch, grace);
            }
        });
    }

    private void stop(Home home, Launch launch, Duration grace) {
        Optional<ProcessId> process = home.process().filter(ProcessId::alive);
        boolean asked = !grace.isZero()
                && process.filter(id -> Supervisor.signal(id.pid(), launch.stopSignal()))
                        .isPresent();
        if (asked && ended(home, grace)) {
            return;
        }
        process.ifPresent(ProcessId::kill);
        if (!ended(home, KILLED)) {
            throw new SkepException(
                    ErrorCode.TIMED_OUT, "the process of " + home.id() + " did not end after it was killed; try again");
        }
    }

    private boolean ended(Home home, Duration within) {
        try {
            inspect(home, require(home));
            exits.await(home.id()).get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw Exits.stopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Exits.stopped();
        }
    }

    @Override
    public void remove(String id) {
        Home home = home(id);
        if (!Files.exists(home.path())) {
            return;
        }
        busy.add(id);
        try {
            stop(id, Duration.ZERO);
            ended(id);
            delete(home);
        } finally {
            busy.remove(id);
        }
    }

    private void delete(Home home) {
        Disk.delete(home.record());
        home.process().ifPresent(ProcessId::kill);
        Disk.deleteOwn(home.path());
        exits.forget(home.id());
    }

    @Override
    public ExecResult exec(String id, List<String> command, Duration timeout) {
        Home home = requireRunning(id);
        Launch launch = require(home);
        Program.Output output = new Program(
                        command, launch.env(), Optional.of(Path.of(launch.directory())), Program.Errors.MERGED, timeout)
                .run();
        return new ExecResult(output.exitCode(), output.text());
    }

    @Override
    public void logs(String id, LogQuery query, LogSink sink) {
        Home home = home(id);
        Launch launch = require(home);
        logs.read(id, home.logs(), query, () -> inspect(home, launch).state() == State.EXITED, sink);
    }

    @Override
    public ContainerStats stats(String id) {
        return requireRunning(id)
                .process()
                .flatMap(ProcessId::handle)
                .map(ProcessTree::stats)
                .orElseThrow(() -> notRunning(id));
    }

    private Home requireRunning(String id) {
        Home home = home(id);
        if (inspect(home, require(home)).state() != State.RUNNING) {
            throw notRunning(id);
        }
        return home;
    }

    private static SkepException notRunning(String id) {
        return new SkepException(ErrorCode.WRONG_STATE, "the container " + id + " is not running; start it first");
    }
}
