package io.skep.shell.service;

import io.skep.api.control.Cluster;
import io.skep.model.ContainerSpec;
import io.skep.model.ServiceMode;
import io.skep.model.ServiceSpec;
import io.skep.model.TaskSpec;
import io.skep.shell.Answers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a service and waits until it runs. */
@Command(name = "service-create", description = "Create a service from an image")
public final class ServiceCreate extends SpecOptions {
    @Option(names = "--name", paramLabel = "NAME", description = "Name of the service; made from the image's otherwise")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--mode",
            paramLabel = "replicated|global|replicated-job|global-job",
            description = "So many tasks, or one on every node; jobs run until they are completed")
    private Optional<String> mode = Optional.empty();

    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME=value",
            description = "Environment variable (repeatable)")
    private List<String> env = new ArrayList<>();

    @Option(
            names = {"-p", "--publish"},
            paramLabel = "PORT",
            description = "Published port, as 8080:80[/udp] or published=8080,target=80,mode=host (repeatable)")
    private List<String> publish = new ArrayList<>();

    @Option(
            names = "--mount",
            paramLabel = "MOUNT",
            description = "File system, as type=bind|volume|tmpfs,source=/a,target=/b[,readonly] (repeatable)")
    private List<String> mounts = new ArrayList<>();

    @Option(
            names = {"-l", "--label"},
            paramLabel = "NAME=value",
            description = "Label of the service (repeatable)")
    private List<String> labels = new ArrayList<>();

    @Option(
            names = "--container-label",
            paramLabel = "NAME=value",
            description = "Label of the containers (repeatable)")
    private List<String> containerLabels = new ArrayList<>();

    @Option(
            names = "--constraint",
            paramLabel = "CONSTRAINT",
            description = "What a node must be, such as node.labels.zone==a (repeatable)")
    private List<String> constraints = new ArrayList<>();

    @Option(
            names = "--placement-pref",
            paramLabel = "spread=LABEL",
            description = "Over which nodes to spread, such as spread=node.labels.zone (repeatable)")
    private List<String> preferences = new ArrayList<>();

    @Option(
            names = "--network",
            paramLabel = "NETWORK",
            description = "Network to join, as back or name=back,alias=db (repeatable)")
    private List<String> networks = new ArrayList<>();

    @Option(names = "--host", paramLabel = "NAME:ADDRESS", description = "Further name for /etc/hosts (repeatable)")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = "--secret",
            paramLabel = "SECRET",
            description = "Secret to read, as key or source=key,target=name,uid=0,gid=0,mode=0400 (repeatable)")
    private List<String> secrets = new ArrayList<>();

    @Option(
            names = "--config",
            paramLabel = "CONFIG",
            description = "Config to read, as conf or source=conf,target=/etc/conf,uid=0,gid=0,mode=0444 (repeatable)")
    private List<String> configs = new ArrayList<>();

    @Parameters(paramLabel = "IMAGE", description = "Image to run")
    private String image;

    @Parameters(index = "1..*", paramLabel = "ARG", description = "Replaces the image's command")
    private List<String> args = new ArrayList<>();

    @Override
    public boolean passesOn() {
        return true;
    }

    @Override
    protected void run() throws InterruptedException {
        ServiceSpec spec = spec();
        String id = call(Cluster.class, cluster -> Answers.of(cluster.createService("", spec)))
                .id();
        if (waiting.wanted(true)) {
            waiting.await(parts(), lines(), List.of(id));
        }
        out().println(id);
    }

    /** What the line asks for. */
    ServiceSpec spec() {
        ServiceSpec empty =
                ServiceSpec.of(name.orElseGet(() -> nameOf(image)), TaskSpec.of(ContainerSpec.of(image)), mode());
        Lists given = new Lists(
                env,
                publish,
                mounts,
                labels,
                containerLabels,
                constraints,
                preferences,
                networks,
                hosts,
                secrets,
                configs);
        return new SpecEdit(this, given, Lists.NONE).apply(empty, Optional.of(image), Optional.of(args));
    }

    private ServiceMode mode() {
        ServiceMode.Kind kind =
                Choices.of(ServiceMode.Kind.values(), mode, ServiceMode.Kind.REPLICATED, "mode of a service");
        boolean replicated = kind == ServiceMode.Kind.REPLICATED || kind == ServiceMode.Kind.REPLICATED_JOB;
        return new ServiceMode(kind, replicated ? 1 : 0, 0);
    }

    /** {@code registry/team/web:1} makes a service {@code web}. */
    private static String nameOf(String image) {
        String last = image.substring(image.lastIndexOf('/') + 1);
        return last.split("[:@]", 2)[0];
    }
}
