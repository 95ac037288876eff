package io.skep.runtime.oci;

import io.skep.api.runtime.Container;
import io.skep.api.runtime.ContainerConfig;
import io.skep.api.runtime.ContainerRuntime;
import io.skep.api.runtime.ContainerStats;
import io.skep.api.runtime.ExecResult;
import io.skep.api.runtime.Exit;
import io.skep.api.runtime.Image;
import io.skep.api.runtime.LogQuery;
import io.skep.api.runtime.LogSink;
import io.skep.api.runtime.RuntimeInfo;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.runtime.oci.image.RootFilesystems;
import io.skep.runtime.support.Disk;
import io.skep.runtime.support.Exits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Runs containers of OCI images with runc or crun, each below a conmon that outlives this virtual machine. */
@Component(service = ContainerRuntime.class, configurationPid = OciRuntime.PID, property = "runtime=" + OciRuntime.NAME)
public final class OciRuntime implements ContainerRuntime {
    static final String NAME = "oci";
    static final String PID = "io.skep.runtime.oci";

    private final RootFilesystems images;
    private final Engines engines;
    private final Supervision supervision;
    private final Exits exits;
    private final Containers containers;
    private final Volumes volumes;
    private final MemoryFiles files;
    private final Preparation preparation;
    private final Removal removal;
    private final Ending ending;
    /** The containers that are being made or removed now: adoption takes no half-done directory of these away. */
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    /** What can be set in {@code etc/io.skep.runtime.oci.cfg}. */
    public @interface Config {
        /** The directory of containers and volumes. */
        String root() default "";

        /** {@code runc}, {@code crun}, or {@code auto}: runc when it is there, else crun when it can start a container. */
        String program() default Engines.AUTO;
    }

    /** Called by Declarative Services; looks for no program yet, so that the bundle starts on every host. */
    @Activate
    public OciRuntime(
            BundleContext context,
            Config config,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) RootFilesystems images) {
        this(root(context, config.root()), config.program(), images);
    }

    private OciRuntime(Path root, String program, RootFilesystems images) {
        this(root, new Engines(root, program, Engines.SEARCHED), images);
    }

    /** For tests: the same without a service registry. */
    OciRuntime(Path root, Engines engines, RootFilesystems images) {
        this.images = images;
        this.engines = engines;
        Path homes = root.resolve("containers");
        supervision = new Supervision(homes, root.resolve("exits"));
        exits = supervision.exits();
        containers = new Containers(homes, exits);
        volumes = new Volumes(root.resolve("volumes"));
        files = new MemoryFiles(MemoryFiles.PLACES, root);
        preparation = new Preparation(engines, images, volumes, files);
        removal = new Removal(engines, images, volumes, files, exits);
        ending = new Ending(engines, exits);
    }

    private static Path root(BundleContext context, String configured) {
        String data = context.getProperty("karaf.data");
        Path standard = Path.of(data == null ? "data" : data, "runtime-oci");
        return (configured.isEmpty() ? standard : Path.of(configured)).toAbsolutePath();
    }

    @Deactivate
    void close() {
        closed = true;
        supervision.close();
    }

    @Override
    public RuntimeInfo info() {
        try {
            return new RuntimeInfo(NAME, engines.require().version(), Optional.empty());
        } catch (SkepException e) {
            return new RuntimeInfo(NAME, "none", Optional.of(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public List<Container> adopt() {
        List<Container> found = new ArrayList<>();
        for (ContainerDir container : containers.all()) {
            Optional<ContainerRecord> record = Containers.record(container);
            if (record.isPresent()) {
                found.add(adopt(container, record.get()));
            } else if (!busy.contains(container.id())) {
                removal.clean(container);
            }
        }
        images.mounted().stream().filter(path -> !Files.exists(path)).forEach(images::unmount);
        files.known().stream()
                .filter(id -> !Files.exists(containers.of(id).path()))
                .forEach(files::delete);
        exits.recorded().stream()
                .filter(id -> !Files.exists(containers.of(id).path()))
                .forEach(exits::forget);
        return found;
    }

    private Container adopt(ContainerDir container, ContainerRecord record) {
        Container seen = containers.inspect(container, record);
        if (seen.state() == Container.State.PREPARED) {
            // A predecessor may have been killed between starting it and noting that.
            engines.of(record)
                    .status(container.id())
                    .filter(status -> !status.created())
                    .ifPresent(status -> noteStart(container, status));
            seen = containers.inspect(container, record);
        }
        if (seen.state() == Container.State.EXITED) {
            Supervision.rotation(container, record).end();
        } else {
            supervision.begin(container, record);
        }
        return seen;
    }

    private static void noteStart(ContainerDir container, Engine.Status status) {
        Disk.write(container.started(), "");
        status.createdAt()
                .ifPresent(at -> Disk.attempt("noting the start of " + container.id(), () -> {
                    return Files.setLastModifiedTime(container.started(), FileTime.from(at));
                }));
    }

    @Override
    public Container prepare(ContainerConfig config) {
        ContainerDir container = containers.of(config.id());
        Optional<ContainerRecord> known = Containers.record(container);
        if (known.isPresent()) {
            return containers.inspect(container, known.get());
        }
        Image image = preparation.check(config);
        busy.add(config.id());
        try {
            return prepare(config, image, container);
        } finally {
            busy.remove(config.id());
        }
    }

    private Container prepare(ContainerConfig config, Image image, ContainerDir container) {
        if (Files.exists(container.path())) {
            removal.clean(container);
        }
        Disk.directories(container.path());
        try {
            preparation.make(config, image, container);
            if (closed) {
                throw Exits.stopped();
            }
        } catch (IOException e) {
            throw cleaned(container, Disk.failure("preparing the container " + config.name(), e));
        } catch (RuntimeException e) {
            throw cleaned(container, e);
        }
        ContainerRecord record = containers.require(container);
        supervision.begin(container, record);
        return containers.inspect(container, record);
    }

    private RuntimeException cleaned(ContainerDir container, RuntimeException cause) {
        boolean interrupted = Thread.interrupted();
        try {
            removal.clean(container);
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return cause;
    }

    @Override
    public Container start(String id) {
        ContainerDir container = containers.of(id);
        ContainerRecord record = containers.require(container);
        Container before = containers.inspect(container, record);
        if (before.state() != Container.State.PREPARED) {
            return before;
        }
        engines.of(record).start(id, record.image());
        Disk.write(container.started(), "");
        return containers.inspect(container, record);
    }

    @Override
    public CompletionStage<Exit> await(String id) {
        ContainerDir container = containers.of(id);
        Optional<ContainerRecord> record = Containers.record(container);
        if (closed) {
            return CompletableFuture.failedFuture(Exits.stopped());
        }
        if (record.isEmpty()) {
            return CompletableFuture.failedFuture(Exits.unknown(id));
        }
        CompletableFuture<Exit> exit = exits.await(container.id());
        containers.inspect(container, record.get());
        return exit.copy();
    }

    @Override
    public void stop(String id, Duration grace) {
        ContainerDir container = containers.of(id);
        Containers.record(container).ifPresent(record -> {
            Container now = containers.inspect(container, record);
            if (now.state() == Container.State.RUNNING && !grace.isZero()) {
                ending.stop(container, record, grace);
            } else if (now.state() != Container.State.EXITED) {
                ending.kill(container, record);
            }
        });
    }

    @Override
    public void remove(String id) {
        ContainerDir container = containers.of(id);
        if (!Files.exists(container.path())) {
            return;
        }
        busy.add(id);
        try {
            Optional<ContainerRecord> record = Containers.record(container);
            if (record.isEmpty()) {
                removal.clean(container);
                return;
            }
            stop(id, Duration.ZERO);
            supervision.end(container);
            removal.remove(container, record.get());
        } finally {
            busy.remove(id);
        }
    }

    @Override
    public ExecResult exec(String id, List<String> command, Duration timeout) {
        ContainerDir container = requireRunning(id);
        ContainerRecord record = containers.require(container);
        return FurtherProcess.run(engines.of(record), container, command, timeout);
    }

    @Override
    public void logs(String id, LogQuery query, LogSink sink) {
        ContainerDir container = containers.of(id);
        ContainerRecord record = containers.require(container);
        // Asked before all else: what is read without following has its last file named, too.
        boolean over = endedAndNamed(container, record);
        supervision.logs().read(id, container.logs(), query, () -> over || endedAndNamed(container, record), sink);
    }

    /** The end may be seen here before the watch sees it, which names the last file. */
    private boolean endedAndNamed(ContainerDir container, ContainerRecord record) {
        if (containers.inspect(container, record).state() != Container.State.EXITED) {
            return false;
        }
        Supervision.rotation(container, record).end();
        return true;
    }

    @Override
    public ContainerStats stats(String id) {
        requireRunning(id);
        return new Cgroup(id).stats().orElseThrow(() -> notRunning(id));
    }

    private ContainerDir requireRunning(String id) {
        ContainerDir container = containers.of(id);
        Container now = containers.inspect(container, containers.require(container));
        if (now.state() != Container.State.RUNNING) {
            throw notRunning(id);
        }
        return container;
    }

    private static SkepException notRunning(String id) {
        return new SkepException(ErrorCode.WRONG_STATE, "the container " + id + " is not running; start it first");
    }
}
