package io.skep.contracts.runtime;

import io.skep.api.runtime.ContainerConfig;
import io.skep.api.runtime.ContainerConfig.Limits;
import io.skep.api.runtime.ContainerConfig.LogLimits;
import io.skep.model.Mount;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds a {@link ContainerConfig} for a test: names only what the test is about. */
public final class ContainerConfigs {
    private final String id;
    private final String image;
    private Optional<List<String>> entrypoint = Optional.empty();
    private List<String> arguments = List.of();
    private List<String> env = List.of();
    private Optional<String> workingDirectory = Optional.empty();
    private Optional<String> user = Optional.empty();
    private Optional<String> hostname = Optional.empty();
    private Map<String, String> labels = Map.of();
    private List<Mount> mounts = List.of();
    private Limits limits = Limits.NONE;
    private Optional<String> stopSignal = Optional.empty();
    private boolean readOnly;
    private boolean init;
    private LogLimits logs = LogLimits.STANDARD;
    private List<ContainerConfig.File> files = List.of();

    /** A configuration of nothing but an id and an image. */
    public ContainerConfigs(String id, String image) {
        this.id = id;
        this.image = image;
    }

    public ContainerConfigs entrypoint(String... command) {
        entrypoint = Optional.of(List.of(command));
        return this;
    }

    public ContainerConfigs arguments(List<String> command) {
        arguments = List.copyOf(command);
        return this;
    }

    public ContainerConfigs env(String... variables) {
        env = List.of(variables);
        return this;
    }

    public ContainerConfigs workingDirectory(String path) {
        workingDirectory = Optional.of(path);
        return this;
    }

    public ContainerConfigs user(String name) {
        user = Optional.of(name);
        return this;
    }

    public ContainerConfigs hostname(String name) {
        hostname = Optional.of(name);
        return this;
    }

    public ContainerConfigs labels(Map<String, String> all) {
        labels = Map.copyOf(all);
        return this;
    }

    public ContainerConfigs mounts(Mount... all) {
        mounts = List.of(all);
        return this;
    }

    public ContainerConfigs limits(Limits all) {
        limits = all;
        return this;
    }

    public ContainerConfigs stopSignal(String signal) {
        stopSignal = Optional.of(signal);
        return this;
    }

    public ContainerConfigs readOnly() {
        readOnly = true;
        return this;
    }

    public ContainerConfigs init() {
        init = true;
        return this;
    }

    public ContainerConfigs logs(long maxFileBytes, int maxFiles) {
        logs = new LogLimits(maxFileBytes, maxFiles);
        return this;
    }

    public ContainerConfigs files(ContainerConfig.File... all) {
        files = List.of(all);
        return this;
    }

    /** The configuration. */
    public ContainerConfig build() {
        return new ContainerConfig(
                id,
                "test." + id,
                image,
                entrypoint,
                arguments,
                env,
                workingDirectory,
                user,
                hostname,
                labels,
                mounts,
                limits,
                stopSignal,
                readOnly,
                init,
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                logs,
                files);
    }
}
