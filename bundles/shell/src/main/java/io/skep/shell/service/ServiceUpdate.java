package io.skep.shell.service;

import io.skep.api.control.Cluster;
import io.skep.model.Service;
import io.skep.model.ServiceSpec;
import io.skep.model.TaskSpec;
import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.shell.Answers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes a service's spec; its tasks are replaced by its update policy. */
@Command(name = "service-update", description = "Change a service; its tasks are replaced as its update policy says")
public final class ServiceUpdate extends SpecOptions {
    @Option(names = "--image", paramLabel = "IMAGE", description = "Image to run")
    private String image = "";

    @Option(names = "--args", paramLabel = "COMMAND", description = "Command, split at blanks")
    private String args = "";

    @Option(names = "--network-add", paramLabel = "NETWORK", description = "Network to join (repeatable)")
    private List<String> networks = new ArrayList<>();

    @Option(names = "--force", description = "Replace the tasks though nothing else changes")
    private boolean force;

    @Option(names = "--rollback", description = "Go back to the spec before the last update")
    private boolean rollback;

    @Parameters(paramLabel = "SERVICE", description = "Id or name of the service")
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
