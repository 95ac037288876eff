package io.skep.shell.service;

import io.skep.api.control.Cluster;
import io.skep.model.Service;
import io.skep.model.ServiceSpec;
import io.skep.model.TaskSpec;
import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.shell.Answers;
import io.skep.shell.ServiceNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;

/** Changes a service's spec; its tasks are replaced by its update policy. */
@org.apache.karaf.shell.api.action.lifecycle.Service
@Command(
        scope = "swarm",
        name = "service-update",
        description = "Change a service; its tasks are replaced as its update policy says")
public final class ServiceUpdate extends SpecOptions {
    @Option(name = "--image", description = "Image to run")
    private String image = "";

    @Option(name = "--args", description = "Command, split at blanks")
    private String args = "";

    @Option(name = "--network-add", description = "Network to join (repeatable)", multiValued = true)
    private final List<String> networks = new ArrayList<>();

    @Option(name = "--force", description = "Replace the tasks though nothing else changes")
    private boolean force;

    @Option(name = "--rollback", description = "Go back to the spec before the last update")
    private boolean rollback;

    @Argument(index = 0, name = "SERVICE", description = "Id or name of the service", required = true)
    @Completion(ServiceNames.class)
    private String reference;

    @Override
    protected void run() throws InterruptedException {
        Snapshot cluster = cluster();
        Service service = Lookup.service(cluster, reference);
        if (rollback) {
            call(Cluster.class, part -> Answers.of(part.rollbackService("", service.id())));
        } else {
            long version = cluster.versionOf(Table.SERVICES, service.id());
            call(
                    Cluster.class,
                    part -> Answers.of(part.updateService("", service.id(), version, edited(service.spec()))));
        }
        if (!detach) {
            new Progress(parts(), lines()).await(List.of(service.id()), Sizes.duration(timeout));
        }
        out().println(service.spec().name());
    }

    private ServiceSpec edited(ServiceSpec before) {
        List<String> words =
                args.isBlank() ? List.of() : Arrays.asList(args.strip().split("\\s+"));
        ServiceSpec spec = new SpecEdit(this).apply(before, image, words, networks);
        TaskSpec task = spec.taskTemplate();
        return force ? spec.withTaskTemplate(task.forced()) : spec;
    }
}
