package io.skep.shell.service;

import io.skep.api.control.Cluster;
import io.skep.model.ErrorCode;
import io.skep.model.Service;
import io.skep.model.ServiceMode;
import io.skep.model.ServiceSpec;
import io.skep.model.SkepException;
import io.skep.model.table.Change;
import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.shell.Answers;
import io.skep.shell.SwarmCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Sets the number of tasks of one or more services. */
@Command(name = "service-scale", description = "Set the number of tasks of services")
public final class ServiceScale extends SwarmCommand {
    @Mixin
    private Waiting waiting = new Waiting();

    @Parameters(paramLabel = "SERVICE=REPLICAS", description = "Service and number of its tasks", arity = "1..*")
    private List<String> scales = new ArrayList<>();

    @Override
    protected void run() throws InterruptedException {
        // All are understood before the first is carried out.
        Snapshot cluster = cluster();
        List<Scaled> wanted = scales.stream().map(text -> parse(cluster, text)).toList();
        List<String> ids = new ArrayList<>();
        for (Scaled one : wanted) {
            call(Cluster.class, control -> Answers.of(control.updateService("", one.id(), Change.ANY, one.spec())));
            out().println(one.spec().name() + " scaled to " + one.spec().mode().replicas());
            ids.add(one.id());
        }
        if (waiting.wanted(true)) {
            waiting.await(parts(), lines(), ids);
        }
    }

    /**
     * A service as it is to be.
     *
     * @param id whose
     * @param spec with the new number
     */
    private record Scaled(String id, ServiceSpec spec) {}

    private static Scaled parse(Snapshot cluster, String text) {
        String[] parts = text.split("=", 2);
        if (parts.length != 2 || !parts[1].matches("\\d{1,7}")) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + text + "' is not understood: give SERVICE=REPLICAS, such as web=3");
        }
        Service service = Lookup.service(cluster, parts[0]);
        ServiceMode mode = service.spec().mode();
        if (mode.kind() != ServiceMode.Kind.REPLICATED && mode.kind() != ServiceMode.Kind.REPLICATED_JOB) {
            throw new SkepException(
                    ErrorCode.WRONG_STATE,
                    parts[0] + ": scale can only be used with replicated or replicated-job mode");
        }
        ServiceMode scaled = new ServiceMode(mode.kind(), Integer.parseInt(parts[1]), mode.maxConcurrent());
        return new Scaled(service.id(), service.spec().withMode(scaled));
    }
}
