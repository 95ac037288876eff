package io.skep.shell.service;

import io.skep.model.ContainerSpec;
import io.skep.model.EndpointSpec;
import io.skep.model.ErrorCode;
import io.skep.model.LogDriver;
import io.skep.model.Placement;
import io.skep.model.ResourceRequirements;
import io.skep.model.Resources;
import io.skep.model.RestartPolicy;
import io.skep.model.ServiceMode;
import io.skep.model.ServiceSpec;
import io.skep.model.SkepException;
import io.skep.model.TaskSpec;
import io.skep.shell.Texts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Applies the given options to a spec and leaves the rest of it as it is; pure. */
final class SpecEdit {
    private final SpecOptions options;
    private final Lists added;
    private final Lists removed;

    SpecEdit(SpecOptions options, Lists added, Lists removed) {
        this.options = options;
        this.added = added;
        this.removed = removed;
    }

    ServiceSpec apply(ServiceSpec spec, Optional<String> image, Optional<List<String>> args) {
        return new ServiceSpec(
                spec.name(),
                Merges.pairs(spec.labels(), Texts.pairs(added.labels()), removed.labels()),
                task(spec.taskTemplate(), image, args),
                mode(spec.mode()),
                options.updateOptions.apply(spec.updateConfig()),
                options.rollbackOptions.apply(spec.rollbackConfig()),
                endpoint(spec.endpointSpec()));
    }

    private TaskSpec task(TaskSpec task, Optional<String> image, Optional<List<String>> args) {
        return new TaskSpec(
                container(task.containerSpec(), image, args),
                resources(task.resources()),
                restart(task.restartPolicy()),
                placement(task.placement()),
                Merges.networks(
                        task.networks(),
                        added.networks().stream().map(Fields::network).toList(),
                        removed.networks()),
                logDriver(task.logDriver()),
                options.runtime.orElse(task.runtime()),
                task.forceUpdate());
    }

    private ContainerSpec container(ContainerSpec spec, Optional<String> image, Optional<List<String>> args) {
        return new ContainerSpec(
                        image.orElse(spec.image()),
                        options.entrypoint.map(Words::of).orElse(spec.command()),
                        args.orElse(spec.args()),
                        Merges.env(spec.env(), added.env(), removed.env()),
                        options.workdir.orElse(spec.dir()),
                        options.user.orElse(spec.user()),
                        options.hostname.orElse(spec.hostname()),
                        Merges.pairs(spec.labels(), Texts.pairs(added.containerLabels()), removed.containerLabels()),
                        Merges.mounts(
                                spec.mounts(),
                                added.mounts().stream().map(Fields::mount).toList(),
                                removed.mounts()),
                        options.stopSignal.orElse(spec.stopSignal()),
                        Choices.duration(options.stopGrace, spec.stopGracePeriod()),
                        options.readOnly.orElse(spec.readOnly()),
                        options.init.orElse(spec.init()),
                        Merges.pairs(spec.hosts(), Fields.hosts(added.hosts()), Fields.hostNames(removed.hosts())))
                .withFiles(
                        Merges.secrets(
                                spec.secrets(),
                                added.secrets().stream().map(Fields::secret).toList(),
                                removed.secrets()),
                        Merges.configs(
                                spec.configs(),
                                added.configs().stream().map(Fields::config).toList(),
                                removed.configs()));
    }

    private ResourceRequirements resources(ResourceRequirements before) {
        Resources limits = before.limits();
        Resources reserved = before.reservations();
        return new ResourceRequirements(
                new Resources(
                        options.limitCpu.map(Sizes::nanoCpus).orElse(limits.nanoCpus()),
                        options.limitMemory.map(Sizes::bytes).orElse(limits.memoryBytes()),
                        options.limitPids.orElse(limits.pids())),
                new Resources(
                        options.reserveCpu.map(Sizes::nanoCpus).orElse(reserved.nanoCpus()),
                        options.reserveMemory.map(Sizes::bytes).orElse(reserved.memoryBytes()),
                        0));
    }

    private RestartPolicy restart(RestartPolicy before) {
        return new RestartPolicy(
                Choices.of(
                        RestartPolicy.Condition.values(),
                        options.restartCondition,
                        before.condition(),
                        "restart condition"),
                Choices.duration(options.restartDelay, before.delay()),
                options.restartAttempts.orElse(before.maxAttempts()),
                Choices.duration(options.restartWindow, before.window()));
    }

    private Placement placement(Placement before) {
        return new Placement(
                Merges.words(before.constraints(), added.constraints(), removed.constraints()),
                Merges.words(
                        before.preferences(),
                        Fields.preferences(added.preferences()),
                        Fields.preferences(removed.preferences())),
                options.maxPerNode.orElse(before.maxReplicas()),
                before.platforms());
    }

    private LogDriver logDriver(LogDriver before) {
        Map<String, String> limits = new TreeMap<>(before.options());
        limits.putAll(Fields.logOptions(options.logOptions));
        return new LogDriver(options.logDriver.map(Fields::logDriver).orElse(before.name()), limits);
    }

    private ServiceMode mode(ServiceMode before) {
        boolean job = before.kind() == ServiceMode.Kind.REPLICATED_JOB;
        refuse(
                options.replicas.isPresent() && !job && before.kind() != ServiceMode.Kind.REPLICATED,
                "a global service has one task on every node; --replicas does not apply");
        refuse(
                options.maxConcurrent.isPresent() && !job,
                "--max-concurrent is for replicated jobs; use --mode replicated-job");
        options.replicas.ifPresent(count -> refuse(count < 0, "--replicas is " + count + "; give 0 or more"));
        return new ServiceMode(
                before.kind(),
                options.replicas.orElse(before.replicas()),
                options.maxConcurrent.orElse(before.maxConcurrent()));
    }

    private static void refuse(boolean wrong, String message) {
        if (wrong) {
            throw new SkepException(ErrorCode.INVALID_ARGUMENT, message);
        }
    }

    private EndpointSpec endpoint(EndpointSpec before) {
        return new EndpointSpec(
                Choices.of(EndpointSpec.Mode.values(), options.endpointMode, before.mode(), "endpoint mode"),
                Merges.ports(
                        before.ports(),
                        added.publish().stream().map(Fields::port).toList(),
                        removed.publish().stream().map(Fields::port).toList()));
    }
}
