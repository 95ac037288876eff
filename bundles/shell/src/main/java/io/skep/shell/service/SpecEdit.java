package io.skep.shell.service;

import io.skep.model.ContainerSpec;
import io.skep.model.EndpointSpec;
import io.skep.model.ErrorCode;
import io.skep.model.Mount;
import io.skep.model.NetworkAttachmentConfig;
import io.skep.model.Placement;
import io.skep.model.PortConfig;
import io.skep.model.ResourceRequirements;
import io.skep.model.Resources;
import io.skep.model.RestartPolicy;
import io.skep.model.ServiceMode;
import io.skep.model.ServiceSpec;
import io.skep.model.SkepException;
import io.skep.model.TaskSpec;
import io.skep.model.UpdateConfig;
import io.skep.shell.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Applies the given options to a spec and leaves the rest of it as it is; pure. */
final class SpecEdit {
    private final SpecOptions options;

    SpecEdit(SpecOptions options) {
        this.options = options;
    }

    ServiceSpec apply(ServiceSpec spec, String image, List<String> args, List<String> networks) {
        return new ServiceSpec(
                spec.name(),
                merged(spec.labels(), options.labels),
                task(spec.taskTemplate(), image, args, networks),
                mode(spec.mode()),
                update(spec.updateConfig()),
                spec.rollbackConfig(),
                endpoint(spec.endpointSpec()));
    }

    private TaskSpec task(TaskSpec task, String image, List<String> args, List<String> networks) {
        List<NetworkAttachmentConfig> joined = new ArrayList<>(task.networks());
        networks.forEach(name -> joined.add(new NetworkAttachmentConfig(name, List.of())));
        return new TaskSpec(
                container(task.containerSpec(), image, args),
                resources(task.resources()),
                restart(task.restartPolicy()),
                placement(task.placement()),
                joined,
                task.logDriver(),
                or(options.runtime, task.runtime()),
                task.forceUpdate());
    }

    private ContainerSpec container(ContainerSpec spec, String image, List<String> args) {
        return new ContainerSpec(
                or(image, spec.image()),
                options.entrypoint.isEmpty()
                        ? spec.command()
                        : Arrays.asList(options.entrypoint.strip().split("\\s+")),
                args.isEmpty() ? spec.args() : args,
                env(spec.env()),
                or(options.workdir, spec.dir()),
                or(options.user, spec.user()),
                or(options.hostname, spec.hostname()),
                merged(spec.labels(), options.containerLabels),
                mounts(spec.mounts()),
                or(options.stopSignal, spec.stopSignal()),
                span(options.stopGrace, spec.stopGracePeriod()),
                spec.readOnly() || options.readOnly,
                spec.init() || options.init,
                spec.hosts());
    }

    /** A given mount replaces the one before at its target; two that are given are both asked for. */
    private List<Mount> mounts(List<Mount> before) {
        List<Mount> given = options.mounts.stream().map(Fields::mount).toList();
        List<Mount> mounts = new ArrayList<>(before);
        mounts.removeIf(mount -> given.stream().anyMatch(other -> other.target().equals(mount.target())));
        mounts.addAll(given);
        return mounts;
    }

    private List<String> env(List<String> before) {
        Map<String, String> byName = new LinkedHashMap<>();
        before.forEach(entry -> byName.put(entry.split("=", 2)[0], entry));
        options.env.forEach(entry -> byName.put(entry.split("=", 2)[0], entry));
        return List.copyOf(byName.values());
    }

    private ResourceRequirements resources(ResourceRequirements before) {
        Resources limits = before.limits();
        Resources reserved = before.reservations();
        return new ResourceRequirements(
                new Resources(
                        cpu(options.limitCpu, limits),
                        memory(options.limitMemory, limits),
                        options.limitPids < 0 ? limits.pids() : options.limitPids),
                new Resources(cpu(options.reserveCpu, reserved), memory(options.reserveMemory, reserved), 0));
    }

    private RestartPolicy restart(RestartPolicy before) {
        return new RestartPolicy(
                choice(
                        RestartPolicy.Condition.values(),
                        options.restartCondition,
                        before.condition(),
                        "restart condition"),
                span(options.restartDelay, before.delay()),
                options.restartAttempts < 0 ? before.maxAttempts() : options.restartAttempts,
                span(options.restartWindow, before.window()));
    }

    private Placement placement(Placement before) {
        List<String> preferences = options.preferences.stream()
                .map(text -> text.replaceFirst("^spread=", ""))
                .toList();
        return new Placement(
                options.constraints.isEmpty() ? before.constraints() : options.constraints,
                preferences.isEmpty() ? before.preferences() : preferences,
                options.maxPerNode < 0 ? before.maxReplicas() : options.maxPerNode,
                before.platforms());
    }

    private UpdateConfig update(UpdateConfig before) {
        return new UpdateConfig(
                options.updateParallelism < 0 ? before.parallelism() : options.updateParallelism,
                span(options.updateDelay, before.delay()),
                choice(
                        UpdateConfig.FailureAction.values(),
                        options.updateFailureAction,
                        before.failureAction(),
                        "failure action"),
                before.monitor(),
                before.maxFailureRatio(),
                choice(UpdateConfig.Order.values(), options.updateOrder, before.order(), "update order"));
    }

    private ServiceMode mode(ServiceMode before) {
        Integer replicas = options.replicas;
        if (replicas == null) {
            return before;
        }
        if (replicas < 0) {
            throw new SkepException(ErrorCode.INVALID_ARGUMENT, "--replicas is " + replicas + "; give 0 or more");
        }
        if (before.kind() != ServiceMode.Kind.REPLICATED && before.kind() != ServiceMode.Kind.REPLICATED_JOB) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a global service has one task on every node; --replicas does not apply");
        }
        return new ServiceMode(before.kind(), replicas, before.maxConcurrent());
    }

    /** A given port replaces those before that lead to its target; two that are given are both asked for. */
    private EndpointSpec endpoint(EndpointSpec before) {
        List<PortConfig> given = options.publish.stream().map(Fields::port).toList();
        List<PortConfig> ports = new ArrayList<>(before.ports());
        ports.removeIf(port -> given.stream()
                .anyMatch(other -> other.targetPort() == port.targetPort() && other.protocol() == port.protocol()));
        ports.addAll(given);
        return new EndpointSpec(before.mode(), ports);
    }

    private static long cpu(String text, Resources before) {
        return text.isEmpty() ? before.nanoCpus() : Sizes.nanoCpus(text);
    }

    private static long memory(String text, Resources before) {
        return text.isEmpty() ? before.memoryBytes() : Sizes.bytes(text);
    }

    private static Duration span(String text, Duration before) {
        return text.isEmpty() ? before : Sizes.duration(text);
    }

    private static String or(String given, String before) {
        return given.isEmpty() ? before : given;
    }

    private static Map<String, String> merged(Map<String, String> before, List<String> given) {
        Map<String, String> merged = new TreeMap<>(before);
        merged.putAll(Fields.pairs(given));
        return merged;
    }

    private static <E extends Enum<E>> E choice(E[] values, String text, E before, String what) {
        if (text.isEmpty()) {
            return before;
        }
        return Arrays.stream(values)
                .filter(value -> Texts.lower(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new SkepException(
                        ErrorCode.INVALID_ARGUMENT,
                        "'" + text + "' is no " + what + "; choose one of "
                                + Arrays.stream(values).map(Texts::lower).collect(Collectors.joining(", "))));
    }
}
