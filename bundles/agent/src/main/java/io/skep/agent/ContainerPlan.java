package io.skep.agent;

import io.skep.api.dispatch.Assignment;
import io.skep.api.dispatch.NodeNetwork;
import io.skep.api.network.SandboxConfig;
import io.skep.api.runtime.ContainerConfig;
import io.skep.api.runtime.ContainerConfig.Limits;
import io.skep.api.runtime.ContainerConfig.LogLimits;
import io.skep.model.ContainerSpec;
import io.skep.model.LogDriver;
import io.skep.model.Network;
import io.skep.model.Resources;
import io.skep.model.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What an assignment asks of network driver and runtime; pure. */
final class ContainerPlan {
    static final String TASK_LABEL = "com.docker.swarm.task.id";
    static final String SERVICE_LABEL = "com.docker.swarm.service.name";

    private static final long MOST_FILES = 1_000;

    private ContainerPlan() {}

    static SandboxConfig sandbox(Assignment assignment) {
        List<SandboxConfig.Attachment> attachments =
                Attached.of(assignment).stream().map(ContainerPlan::attachment).toList();
        return new SandboxConfig(assignment.task().id(), attachments);
    }

    private static SandboxConfig.Attachment attachment(Attached attached) {
        Network network = attached.network();
        return new SandboxConfig.Attachment(
                network.id(),
                network.spec().name(),
                network.subnet(),
                attached.gateway(),
                attached.address(),
                network.spec().internal());
    }

    static ContainerConfig container(
            Assignment assignment, Optional<Path> namespace, List<ContainerConfig.File> files) {
        Task task = assignment.task();
        ContainerSpec spec = task.spec().containerSpec();
        return new ContainerConfig(
                task.id(),
                task.name(),
                spec.image(),
                spec.command().isEmpty() ? Optional.empty() : Optional.of(spec.command()),
                spec.args(),
                spec.env(),
                given(spec.dir()),
                given(spec.user()),
                Optional.of(spec.hostname().isEmpty() ? task.id().substring(0, 12) : spec.hostname()),
                labels(task, spec),
                spec.mounts(),
                limits(task.spec().resources().limits()),
                given(spec.stopSignal()),
                spec.readOnly(),
                spec.init(),
                namespace,
                assignment.networks().stream()
                        .limit(1)
                        .map(NodeNetwork::address)
                        .toList(),
                List.of(),
                spec.hosts(),
                logs(task.spec().logDriver()),
                files);
    }

    private static Map<String, String> labels(Task task, ContainerSpec spec) {
        Map<String, String> labels = new TreeMap<>(spec.labels());
        labels.put(TASK_LABEL, task.id());
        labels.put(SERVICE_LABEL, task.serviceName());
        return labels;
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Limits limits(Resources limits) {
        return new Limits(limits.nanoCpus(), limits.memoryBytes(), limits.pids());
    }

    private static LogLimits logs(LogDriver driver) {
        if (driver.name().equals(LogDriver.NONE)) {
            return LogLimits.NOTHING;
        }
        long size = LogSize.bytes(driver.options().getOrDefault("max-size", ""), LogLimits.STANDARD.maxFileBytes());
        long files = LogSize.bytes(driver.options().getOrDefault("max-file", ""), LogLimits.STANDARD.maxFiles());
        return new LogLimits(Math.max(4096, size), (int) Math.min(MOST_FILES, Math.max(1, files)));
    }
}
