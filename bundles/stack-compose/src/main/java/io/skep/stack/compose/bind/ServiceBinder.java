package io.skep.stack.compose.bind;

import io.skep.model.LogDriver;
import io.skep.model.ServiceSpec;
import io.skep.model.TaskSpec;
import io.skep.stack.compose.tree.Node.Entry;
import java.util.Map;
import java.util.Set;

/** One service of the file to its spec. */
final class ServiceBinder {
    private static final String IMAGE_LABEL = "com.docker.stack.image";
    private static final Set<String> LOG_DRIVERS = Set.of("json-file", "none");

    private final Scope scope;
    private final Values values;
    private final Networks networks;
    private final ContainerBinder containers;

    ServiceBinder(Scope scope, Networks networks, ContainerBinder containers) {
        this.scope = scope;
        this.values = scope.values();
        this.networks = networks;
        this.containers = containers;
    }

    ServiceSpec bind(Entry entry) {
        String name = scope.scoped(entry.key());
        scope.checkName(entry, entry.key(), name);
        Fields fields = new Fields(entry.value(), values);
        UnsupportedKeys.report(fields);
        Deployment deployment = new Deployment(fields.fields("deploy"));
        TaskSpec task = task(entry, fields, deployment);
        ServiceSpec spec = new ServiceSpec(
                name,
                labels(deployment, task.containerSpec().image()),
                task,
                deployment.mode(),
                deployment.updateConfig(),
                deployment.rollbackConfig(),
                deployment.endpoint(new Ports(values).read(fields.take("ports"))));
        deployment.finish();
        fields.finish();
        return spec;
    }

    private TaskSpec task(Entry entry, Fields fields, Deployment deployment) {
        return new TaskSpec(
                containers.bind(entry, fields),
                deployment.resources(),
                deployment.restartPolicy(),
                deployment.placement(),
                networks.attach(fields, entry.key()),
                logging(fields.fields("logging")),
                fields.text("runtime"),
                0);
    }

    private Map<String, String> labels(Deployment deployment, String image) {
        Map<String, String> labels = scope.labelled(deployment.labels());
        labels.put(IMAGE_LABEL, image);
        return labels;
    }

    private LogDriver logging(Fields fields) {
        String driver = fields.text("driver");
        if (!driver.isEmpty() && !LOG_DRIVERS.contains(driver)) {
            fields.take("driver")
                    .ifPresent(node -> values.wrong(
                            node, "the log driver \"" + driver + "\" is not supported; use json-file or none"));
        }
        Map<String, String> options = new Pairs(values).labels(fields.take("options"));
        fields.finish();
        return driver.isEmpty() && options.isEmpty() ? LogDriver.STANDARD : new LogDriver(driver, options);
    }
}
