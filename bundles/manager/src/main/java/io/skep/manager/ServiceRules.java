package io.skep.manager;

import io.skep.model.ContainerSpec;
import io.skep.model.ErrorCode;
import io.skep.model.Mount;
import io.skep.model.PortConfig;
import io.skep.model.Resources;
import io.skep.model.Service;
import io.skep.model.ServiceMode;
import io.skep.model.ServiceSpec;
import io.skep.model.SkepException;
import io.skep.model.TaskSpec;
import io.skep.model.UpdateConfig;
import io.skep.model.codec.Codec;
import io.skep.model.placement.Constraint;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a service's spec must satisfy before it is taken (SwarmKit's control API, {@code validateServiceSpec}). */
final class ServiceRules {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]([-_a-zA-Z0-9]{0,61}[a-zA-Z0-9])?");
    private static final long LEAST_CPU = 1_000_000;
    private static final long LEAST_MEMORY = 4L << 20;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_REPLICAS = 1_000_000;
    private static final int MAX_BYTES = 1 << 20;

    private ServiceRules() {}

    static void check(ServiceSpec spec) {
        name("service", spec.name());
        container(spec.taskTemplate().containerSpec());
        resources("limit", spec.taskTemplate().resources().limits());
        resources("reservation", spec.taskTemplate().resources().reservations());
        restart(spec.taskTemplate());
        Constraint.parse(spec.taskTemplate().placement().constraints());
        update("update", spec.updatePolicy());
        update("rollback", spec.rollbackConfig());
        mode(spec.mode());
        ports(spec);
        size(spec);
    }

    /** It travels to agents in one message. */
    private static void size(ServiceSpec spec) {
        int bytes = Codec.toBytes(spec).length;
        if (bytes > MAX_BYTES) {
            throw wrong("the spec has " + bytes + " bytes, more than " + MAX_BYTES
                    + "; put what is large into a config or the image");
        }
    }

    /** Names become host names, so they follow their rules. */
    static void name(String kind, String name) {
        if (!NAME.matcher(name).matches()) {
            throw wrong("name '" + name + "' of the " + kind
                    + " must be 1 to 63 letters, digits, hyphens or underscores, a letter or digit first and last");
        }
    }

    /** No other service may have a published port of this one. */
    static void portsFree(Snapshot cluster, String ownId, ServiceSpec spec) {
        for (Service other : cluster.all(Table.SERVICES)) {
            List<PortConfig> ports = other.id().equals(ownId) ? List.of() : published(other);
            ports.stream()
                    .filter(taken -> spec.endpointSpec().ports().stream().anyMatch(port -> clash(port, taken)))
                    .findFirst()
                    .ifPresent(taken -> {
                        throw new SkepException(
                                ErrorCode.ALREADY_EXISTS,
                                "port " + taken.publishedPort() + "/" + lower(taken.protocol())
                                        + " is already published by service "
                                        + other.spec().name() + "; publish another one or remove that service");
                    });
        }
    }

    /** What was chosen for the service, and what it asks for and the allocator has not looked at yet. */
    private static List<PortConfig> published(Service service) {
        List<PortConfig> ports = new ArrayList<>(service.ports());
        ports.addAll(service.spec().endpointSpec().ports());
        return ports;
    }

    static void sameMode(Service service, ServiceSpec spec) {
        if (service.spec().mode().kind() != spec.mode().kind()) {
            throw wrong("the mode of service " + service.spec().name() + " cannot change from "
                    + lower(service.spec().mode().kind()) + " to "
                    + lower(spec.mode().kind()) + "; remove the service and create it anew");
        }
        if (!service.spec().name().equals(spec.name())) {
            throw wrong("a service cannot be renamed; create one named " + spec.name() + " and remove "
                    + service.spec().name());
        }
    }

    private static void container(ContainerSpec container) {
        if (container.image().isBlank()) {
            throw wrong("an image is needed, such as example/web:1");
        }
        if (container.stopGracePeriod().isNegative()) {
            throw wrong("the stop grace period cannot be negative");
        }
        Set<String> targets = new HashSet<>();
        for (Mount mount : container.mounts()) {
            mount(mount);
            if (!targets.add(mount.target())) {
                throw wrong("two mounts have the target " + mount.target());
            }
        }
        FileRules.check(container);
    }

    private static void mount(Mount mount) {
        if (!mount.target().startsWith("/")) {
            throw wrong("mount target '" + mount.target() + "' must be an absolute path in the container");
        }
        if (mount.type() == Mount.Type.BIND && !mount.source().startsWith("/")) {
            throw wrong("bind mount source '" + mount.source() + "' must be an absolute path of the host");
        }
        if (mount.type() == Mount.Type.TMPFS && !mount.source().isEmpty()) {
            throw wrong("a tmpfs mount has no source, but '" + mount.source() + "' was given");
        }
    }

    private static void resources(String what, Resources resources) {
        if (resources.nanoCpus() != 0 && resources.nanoCpus() < LEAST_CPU) {
            throw wrong("the cpu " + what + " must be at least 0.001");
        }
        if (resources.memoryBytes() != 0 && resources.memoryBytes() < LEAST_MEMORY) {
            throw wrong("the memory " + what + " must be at least 4 MiB");
        }
        if (resources.pids() < 0) {
            throw wrong("the pids " + what + " cannot be negative");
        }
    }

    private static void restart(TaskSpec task) {
        if (task.restartPolicy().delay().isNegative()
                || task.restartPolicy().window().isNegative()) {
            throw wrong("delay and window of the restart policy cannot be negative");
        }
        if (task.restartPolicy().maxAttempts() < 0 || task.placement().maxReplicas() < 0) {
            throw wrong("restart attempts and replicas per node cannot be negative");
        }
    }

    private static void update(String what, UpdateConfig config) {
        if (config.parallelism() < 0
                || config.delay().isNegative()
                || config.monitor().isNegative()) {
            throw wrong("parallelism, delay and monitor of the " + what + " cannot be negative");
        }
        if (config.maxFailureRatio() < 0 || config.maxFailureRatio() > 1) {
            throw wrong("the failure ratio of the " + what + " must be between 0 and 1");
        }
    }

    private static void mode(ServiceMode mode) {
        if (mode.replicas() < 0 || mode.replicas() > MAX_REPLICAS || mode.maxConcurrent() < 0) {
            throw wrong("the number of replicas must be between 0 and " + MAX_REPLICAS);
        }
    }

    private static void ports(ServiceSpec spec) {
        Set<String> published = new HashSet<>();
        for (PortConfig port : spec.endpointSpec().ports()) {
            boolean fits = port.targetPort() >= 1
                    && port.targetPort() <= MAX_PORT
                    && port.publishedPort() >= 0
                    && port.publishedPort() <= MAX_PORT;
            if (!fits) {
                throw wrong("port " + port.publishedPort() + ":" + port.targetPort()
                        + " is out of range; ports are 1 to 65535");
            }
            if (port.publishedPort() != 0 && !published.add(lower(port.protocol()) + port.publishedPort())) {
                throw wrong("port " + port.publishedPort() + "/" + lower(port.protocol()) + " is published twice");
            }
        }
    }

    private static boolean clash(PortConfig port, PortConfig taken) {
        return port.publishedPort() != 0
                && port.publishedPort() == taken.publishedPort()
                && port.protocol() == taken.protocol()
                && (port.publishMode() == PortConfig.PublishMode.INGRESS
                        || taken.publishMode() == PortConfig.PublishMode.INGRESS);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static SkepException wrong(String message) {
        return new SkepException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
