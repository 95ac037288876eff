package io.skep.shell.service;

import io.skep.api.control.Cluster;
import io.skep.model.Service;
import io.skep.model.ServiceSpec;
import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.shell.Answers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes a service's spec; its tasks are replaced by its update policy. */
@Command(name = "service-update", description = "Change a service; its tasks are replaced as its update policy says")
public final class ServiceUpdate extends SpecOptions {
    @Option(names = "--image", paramLabel = "IMAGE", description = "Image to run")
    private Optional<String> image = Optional.empty();

    @Option(
            names = "--args",
            paramLabel = "COMMAND",
            description = "Replaces the image's command; empty takes that again")
    private Optional<String> args = Optional.empty();

    @Option(
            names = "--env-add",
            paramLabel = "NAME=value",
            description = "Environment variable to add or change (repeatable)")
    private List<String> envAdded = new ArrayList<>();

    @Option(names = "--env-rm", paramLabel = "NAME", description = "Environment variable to remove (repeatable)")
    private List<String> envRemoved = new ArrayList<>();

    @Option(
            names = "--publish-add",
            paramLabel = "PORT",
            description = "Port to publish, as 8080:80[/udp]; replaces those that lead to the same target (repeatable)")
    private List<String> publishAdded = new ArrayList<>();

    @Option(
            names = "--publish-rm",
            paramLabel = "TARGET",
            description = "Target of published ports to remove, such as 80 or 53/udp (repeatable)")
    private List<String> publishRemoved = new ArrayList<>();

    @Option(
            names = "--mount-add",
            paramLabel = "MOUNT",
            description =
                    "File system to add or change, as type=bind|volume|tmpfs,source=/a,target=/b[,readonly] (repeatable)")
    private List<String> mountsAdded = new ArrayList<>();

    @Option(names = "--mount-rm", paramLabel = "TARGET", description = "Target of a file system to remove (repeatable)")
    private List<String> mountsRemoved = new ArrayList<>();

    @Option(
            names = "--label-add",
            paramLabel = "NAME=value",
            description = "Label of the service to add or change (repeatable)")
    private List<String> labelsAdded = new ArrayList<>();

    @Option(names = "--label-rm", paramLabel = "NAME", description = "Label of the service to remove (repeatable)")
    private List<String> labelsRemoved = new ArrayList<>();

    @Option(
            names = "--container-label-add",
            paramLabel = "NAME=value",
            description = "Label of the containers to add or change (repeatable)")
    private List<String> containerLabelsAdded = new ArrayList<>();

    @Option(
            names = "--container-label-rm",
            paramLabel = "NAME",
            description = "Label of the containers to remove (repeatable)")
    private List<String> containerLabelsRemoved = new ArrayList<>();

    @Option(
            names = "--constraint-add",
            paramLabel = "CONSTRAINT",
            description = "What a node must be as well, such as node.labels.zone==a (repeatable)")
    private List<String> constraintsAdded = new ArrayList<>();

    @Option(
            names = "--constraint-rm",
            paramLabel = "CONSTRAINT",
            description = "What a node need not be any more (repeatable)")
    private List<String> constraintsRemoved = new ArrayList<>();

    @Option(
            names = "--placement-pref-add",
            paramLabel = "spread=LABEL",
            description = "Over which nodes to spread as well (repeatable)")
    private List<String> preferencesAdded = new ArrayList<>();

    @Option(
            names = "--placement-pref-rm",
            paramLabel = "spread=LABEL",
            description = "Over which nodes not to spread any more (repeatable)")
    private List<String> preferencesRemoved = new ArrayList<>();

    @Option(
            names = "--network-add",
            paramLabel = "NETWORK",
            description = "Network to join, as back or name=back,alias=db (repeatable)")
    private List<String> networksAdded = new ArrayList<>();

    @Option(names = "--network-rm", paramLabel = "NETWORK", description = "Network to leave (repeatable)")
    private List<String> networksRemoved = new ArrayList<>();

    @Option(names = "--host-add", paramLabel = "NAME:ADDRESS", description = "Further name for /etc/hosts (repeatable)")
    private List<String> hostsAdded = new ArrayList<>();

    @Option(names = "--host-rm", paramLabel = "NAME", description = "Further name to remove (repeatable)")
    private List<String> hostsRemoved = new ArrayList<>();

    @Option(
            names = "--secret-add",
            paramLabel = "SECRET",
            description = "Secret to read, as key or source=key,target=name,uid=0,gid=0,mode=0400 (repeatable)")
    private List<String> secretsAdded = new ArrayList<>();

    @Option(names = "--secret-rm", paramLabel = "SECRET", description = "Secret to read no more (repeatable)")
    private List<String> secretsRemoved = new ArrayList<>();

    @Option(
            names = "--config-add",
            paramLabel = "CONFIG",
            description = "Config to read, as conf or source=conf,target=/etc/conf,mode=0444 (repeatable)")
    private List<String> configsAdded = new ArrayList<>();

    @Option(names = "--config-rm", paramLabel = "CONFIG", description = "Config to read no more (repeatable)")
    private List<String> configsRemoved = new ArrayList<>();

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
            ServiceSpec spec = edited(cluster, service.spec());
            call(Cluster.class, part -> Answers.of(part.updateService("", service.id(), version, spec)));
        }
        if (waiting.wanted(true)) {
            waiting.await(parts(), lines(), List.of(service.id()));
        }
        out().println(service.spec().name());
    }

    /** The spec as the line wants it. */
    ServiceSpec edited(Snapshot cluster, ServiceSpec before) {
        ServiceSpec spec = new SpecEdit(this, added(), removed(cluster)).apply(before, image, args.map(Words::of));
        return force ? spec.withTaskTemplate(spec.taskTemplate().forced()) : spec;
    }

    private Lists added() {
        return new Lists(
                envAdded,
                publishAdded,
                mountsAdded,
                labelsAdded,
                containerLabelsAdded,
                constraintsAdded,
                preferencesAdded,
                networksAdded,
                hostsAdded,
                secretsAdded,
                configsAdded);
    }

    /** Specs name networks by their ids. */
    private Lists removed(Snapshot cluster) {
        return new Lists(
                envRemoved,
                publishRemoved,
                mountsRemoved,
                labelsRemoved,
                containerLabelsRemoved,
                constraintsRemoved,
                preferencesRemoved,
                networksRemoved.stream()
                        .map(name -> Lookup.network(cluster, name).id())
                        .toList(),
                hostsRemoved,
                secretsRemoved,
                configsRemoved);
    }
}
