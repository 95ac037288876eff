package io.skep.stack.compose.bind;

import io.skep.model.EndpointSpec;
import io.skep.model.Placement;
import io.skep.model.PortConfig;
import io.skep.model.ResourceRequirements;
import io.skep.model.Resources;
import io.skep.model.RestartPolicy;
import io.skep.model.ServiceMode;
import io.skep.model.SkepException;
import io.skep.model.UpdateConfig;
import io.skep.model.placement.Constraint;
import io.skep.stack.compose.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code deploy} part of a service. */
final class Deployment {
    private static final int MOST_REPLICAS = 1_000_000;
    private static final long LEAST_CPU = 1_000_000;
    private static final long LEAST_MEMORY = 4L << 20;

    private final Fields fields;
    private final Values values;

    Deployment(Fields fields) {
        this.fields = fields;
        this.values = fields.values();
    }

    Map<String, String> labels() {
        return new Pairs(values).labels(fields.take("labels"));
    }

    ServiceMode mode() {
        ServiceMode.Kind kind = kind();
        Optional<Node> replicas = fields.take("replicas");
        boolean counted = kind == ServiceMode.Kind.REPLICATED || kind == ServiceMode.Kind.REPLICATED_JOB;
        int number =
                replicas.flatMap(node -> values.integer(node, 0, MOST_REPLICAS)).orElse(1);
        if (!counted) {
            replicas.ifPresent(
                    node -> values.wrong(node, "a global service runs once on each node; leave replicas out"));
        }
        return new ServiceMode(kind, counted ? number : 0, kind == ServiceMode.Kind.REPLICATED_JOB ? number : 0);
    }

    Optional<UpdateConfig> updateConfig() {
        return fields.take("update_config").map(said -> policy("update_config"));
    }

    UpdateConfig rollbackConfig() {
        return policy("rollback_config");
    }

    /** Jobs are not updated but run anew. */
    private UpdateConfig policy(String key) {
        Fields update = fields.fields(key);
        if (kind() == ServiceMode.Kind.REPLICATED_JOB || kind() == ServiceMode.Kind.GLOBAL_JOB) {
            fields.refuse(key, "has no meaning for a job; leave it out");
        }
        UpdateConfig standard = UpdateConfig.STANDARD;
        UpdateConfig config = new UpdateConfig(
                update.take("parallelism", node -> values.integer(node, 0, MOST_REPLICAS))
                        .orElse(standard.parallelism()),
                update.take("delay", values::duration).orElse(standard.delay()),
                update.take("failure_action", node -> values.word(node, UpdateConfig.FailureAction.class))
                        .orElse(standard.failureAction()),
                update.take("monitor", values::duration).orElse(standard.monitor()),
                update.take("max_failure_ratio", values::ratio).orElse(standard.maxFailureRatio()),
                update.take("order", node -> values.word(node, UpdateConfig.Order.class))
                        .orElse(standard.order()));
        update.finish();
        return config;
    }

    RestartPolicy restartPolicy() {
        Fields restart = fields.fields("restart_policy");
        RestartPolicy standard = RestartPolicy.STANDARD;
        RestartPolicy policy = new RestartPolicy(
                restart.take("condition", node -> values.word(node, RestartPolicy.Condition.class))
                        .orElse(standard.condition()),
                restart.take("delay", values::duration).orElse(standard.delay()),
                restart.take("max_attempts", node -> values.integer(node, 0, Integer.MAX_VALUE))
                        .orElse(standard.maxAttempts()),
                restart.take("window", values::duration).orElse(standard.window()));
        restart.finish();
        return policy;
    }

    ResourceRequirements resources() {
        Fields resources = fields.fields("resources");
        Fields reservations = resources.fields("reservations");
        reservations.refuse("generic_resources", "are not supported yet; leave them out");
        reservations.refuse("devices", "are not supported yet; leave them out");
        Fields limits = resources.fields("limits");
        int pids = limits.take("pids", node -> values.integer(node, 0, Integer.MAX_VALUE))
                .orElse(0);
        ResourceRequirements requirements = new ResourceRequirements(amount(limits, pids), amount(reservations, 0));
        resources.finish();
        return requirements;
    }

    Placement placement() {
        Fields placement = fields.fields("placement");
        List<String> constraints = new ArrayList<>();
        for (Node item : placement.take("constraints").map(values::items).orElse(List.of())) {
            values.text(item).flatMap(text -> constraint(item, text)).ifPresent(constraints::add);
        }
        List<String> preferences = new ArrayList<>();
        for (Node item : placement.take("preferences").map(values::items).orElse(List.of())) {
            preference(item).ifPresent(preferences::add);
        }
        int most = placement
                .take("max_replicas_per_node", node -> values.integer(node, 0, MOST_REPLICAS))
                .orElse(0);
        placement.finish();
        return new Placement(constraints, preferences, most, List.of());
    }

    EndpointSpec endpoint(List<PortConfig> ports) {
        Optional<Node> node = fields.take("endpoint_mode");
        EndpointSpec.Mode mode = node.flatMap(found -> values.word(found, EndpointSpec.Mode.class))
                .orElse(EndpointSpec.Mode.VIP);
        boolean ingress = ports.stream().anyMatch(port -> port.publishMode() == PortConfig.PublishMode.INGRESS);
        if (mode == EndpointSpec.Mode.DNSRR && ingress) {
            values.wrong(node.orElseThrow(), "with dnsrr ports are published only in mode host; use mode host or vip");
        }
        return new EndpointSpec(mode, ports);
    }

    void finish() {
        fields.finish();
    }

    private ServiceMode.Kind kind() {
        return fields.take("mode", node -> values.word(node, ServiceMode.Kind.class))
                .orElse(ServiceMode.Kind.REPLICATED);
    }

    private Resources amount(Fields amount, long pids) {
        Resources resources = new Resources(
                amount.take("cpus", values::nanoCpus).orElse(0L),
                amount.take("memory", values::bytes).orElse(0L),
                pids);
        least(amount, "cpus", resources.nanoCpus(), LEAST_CPU, "at least 0.001 processors are needed here");
        least(amount, "memory", resources.memoryBytes(), LEAST_MEMORY, "at least 4M are needed here");
        amount.finish();
        return resources;
    }

    private void least(Fields amount, String key, long given, long least, String message) {
        if (given > 0 && given < least) {
            amount.take(key).ifPresent(node -> values.wrong(node, message));
        }
    }

    private Optional<String> constraint(Node item, String text) {
        try {
            return Optional.of(Constraint.parse(text).toString());
        } catch (SkepException e) {
            return values.wrong(item, String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> preference(Node item) {
        Fields preference = new Fields(item, values);
        Optional<Node> node = preference.take("spread");
        Optional<String> spread = node.flatMap(values::text);
        if (node.isEmpty()) {
            preference.findings().error(preference.place(), "a preference is written \"spread: node.labels.zone\"");
        }
        preference.finish();
        return spread;
    }
}
