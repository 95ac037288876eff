package io.skep.shell.service;

import io.skep.api.control.Cluster;
import io.skep.model.ContainerSpec;
import io.skep.model.ErrorCode;
import io.skep.model.ServiceMode;
import io.skep.model.ServiceSpec;
import io.skep.model.SkepException;
import io.skep.model.TaskSpec;
import io.skep.shell.Answers;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a service and waits until it runs. */
@Command(name = "service-create", description = "Create a service from an image")
public final class ServiceCreate extends SpecOptions {
    @Option(names = "--name", paramLabel = "NAME", description = "Name of the service")
    private String name = "";

    @Option(
            names = "--mode",
            paramLabel = "replicated|global|replicated-job|global-job",
            description = "replicated, global, replicated-job or global-job")
    private String mode = "replicated";

    @Option(names = "--network", paramLabel = "NETWORK", description = "Network to join (repeatable)")
    private List<String> networks = new ArrayList<>();

    @Option(names = "--endpoint-mode", paramLabel = "vip|dnsrr", description = "vip or dnsrr")
    private String endpointMode = "vip";

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
        ServiceSpec empty =
                ServiceSpec.of(name.isEmpty() ? nameOf(image) : name, TaskSpec.of(ContainerSpec.of(image)), mode());
        ServiceSpec spec =
                new SpecEdit(this).apply(empty.withEndpointSpec(EndpointModes.of(endpointMode)), image, args, networks);
        String id = call(Cluster.class, cluster -> Answers.of(cluster.createService("", spec)))
                .id();
        if (!detach) {
            new Progress(parts(), lines()).await(List.of(id), Sizes.duration(timeout));
        }
        out().println(id);
    }

    private ServiceMode mode() {
        return switch (mode) {
            case "replicated" -> ServiceMode.replicated(1);
            case "global" -> ServiceMode.global();
            case "replicated-job" -> new ServiceMode(ServiceMode.Kind.REPLICATED_JOB, 1, 0);
            case "global-job" -> new ServiceMode(ServiceMode.Kind.GLOBAL_JOB, 0, 0);
            default ->
                throw new SkepException(
                        ErrorCode.INVALID_ARGUMENT,
                        "'" + mode + "' is no mode; choose replicated, global, replicated-job or global-job");
        };
    }

    /** {@code registry/team/web:1} makes a service {@code web}. */
    private static String nameOf(String image) {
        String last = image.substring(image.lastIndexOf('/') + 1);
        return last.split("[:@]", 2)[0];
    }
}
