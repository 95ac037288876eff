package io.skep.runtime.oci;

import io.skep.api.runtime.ContainerConfig;
import io.skep.api.runtime.Image;
import io.skep.api.runtime.ImageConfig;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.runtime.oci.image.RootFilesystems;
import io.skep.runtime.oci.spec.Account;
import io.skep.runtime.oci.spec.Bind;
import io.skep.runtime.oci.spec.CommandLine;
import io.skep.runtime.oci.spec.HostFacts;
import io.skep.runtime.oci.spec.RuntimeSpec;
import io.skep.runtime.oci.spec.SpecInput;
import io.skep.runtime.support.Disk;
import io.skep.runtime.support.ProcessId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Makes one container, up to its first process waiting to be let go. */
final class Preparation {
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}");
    private static final int HOSTNAME = 12;

    private final Engines engines;
    private final RootFilesystems images;
    private final Volumes volumes;
    private final MemoryFiles files;

    Preparation(Engines engines, RootFilesystems images, Volumes volumes, MemoryFiles files) {
        this.engines = engines;
        this.images = images;
        this.volumes = volumes;
        this.files = files;
    }

    /** Says why a configuration cannot be carried out, before anything is made. */
    Image check(ContainerConfig config) {
        if (!ID.matcher(config.id()).matches()) {
            throw new SkepException(ErrorCode.INVALID_ARGUMENT, "the container id '" + config.id() + "' is malformed");
        }
        engines.require();
        Image image = images.find(config.image())
                .orElseThrow(() -> new SkepException(
                        ErrorCode.NOT_INSTALLED,
                        "the image " + config.image() + " is not on this node; load it with swarm:image-load"));
        config.networkNamespace().filter(path -> !Files.exists(path)).ifPresent(path -> {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT, "the network namespace " + path + " does not exist; make it first");
        });
        CommandLine.arguments(image.config(), config);
        CommandLine.workingDirectory(image.config(), config);
        return image;
    }

    /** Makes the container in its empty directory and remembers it; on failure the caller cleans. */
    void make(ContainerConfig config, Image image, ContainerDir container) throws java.io.IOException {
        Engine engine = engines.require();
        Path rootfs = images.mount(image, container.path());
        LogRotation logs = new LogRotation(container, config.logs());
        Disk.directories(container.bundle(), container.logs().path());
        logs.begin();
        Disk.writeJson(
                container.bundle().resolve("config.json"),
                RuntimeSpec.compose(input(config, image.config(), container, rootfs, Host.facts(engine.seccomp()))));
        engine.create(container, logs, String.join(" ", CommandLine.arguments(image.config(), config)));
        Disk.writeJson(
                container.record(), record(config, image, container, engine).toJson());
    }

    private static ContainerRecord record(ContainerConfig config, Image image, ContainerDir container, Engine engine) {
        return new ContainerRecord(
                image.reference(),
                engine.program().toString(),
                config.labels(),
                CommandLine.stopSignal(image.config(), config),
                config.logs(),
                Disk.readNumber(container.pid()).flatMap(ProcessId::of),
                Engine.monitorOf(container));
    }

    private SpecInput input(
            ContainerConfig config, ImageConfig image, ContainerDir container, Path rootfs, HostFacts host) {
        String hostname = config.hostname()
                .orElse(config.id().substring(0, Math.min(HOSTNAME, config.id().length())));
        List<Bind> binds = new ArrayList<>(EtcFiles.write(config, container, hostname));
        binds.addAll(volumes.bind(image, config, container, rootfs));
        binds.addAll(files.write(config));
        if (config.init()) {
            binds.add(new Bind(init(), RuntimeSpec.INIT, true));
        }
        return new SpecInput(image, config, account(image, config, rootfs), hostname, rootfs, binds, host);
    }

    private static Account account(ImageConfig image, ContainerConfig config, Path rootfs) {
        return Account.resolve(
                CommandLine.user(image, config), read(rootfs, "/etc/passwd"), read(rootfs, "/etc/group"));
    }

    private static String read(Path rootfs, String file) {
        return Disk.read(RootedPath.resolve(rootfs, file)).orElse("");
    }

    /** A static binary, for it runs in any image. */
    private Path init() {
        return engines.find("tini-static")
                .or(() -> engines.find("catatonit"))
                .orElseThrow(() -> Engine.missing("tini, the minimal init that was asked for,", "tini"));
    }
}
