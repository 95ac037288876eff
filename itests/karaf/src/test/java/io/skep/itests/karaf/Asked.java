package io.skep.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.skep.api.control.Cluster;
import io.skep.model.ContainerSpec;
import io.skep.model.ErrorKind;
import io.skep.model.Service;
import io.skep.model.ServiceMode;
import io.skep.model.ServiceSpec;
import io.skep.model.SkepException;
import io.skep.model.TaskSpec;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Requests that are under way while a part is taken away: how they end, and what repeating them does. */
final class Asked {
    /** The service that the command creates. */
    static final String COMMANDED = "commanded";

    private static final int COUNT = 4;

    private final Services services;
    private final String prefix;
    private final List<CompletionStage<Service>> answers = new ArrayList<>();
    private final FutureTask<CommandLine.Ending> command;
    private int answered;

    /** Sends the requests and a command and waits for none. */
    Asked(Services services, CommandLine shell, String prefix) throws Exception {
        this.services = services;
        this.prefix = prefix;
        command = new FutureTask<>(
                () -> shell.ending("swarm:service-create --name " + COMMANDED + " --replicas 2 " + BusyboxImage.NAME));
        Thread thread = new Thread(command, "test-command");
        thread.setDaemon(true);
        thread.start();
        services.with(Cluster.class, cluster -> {
            for (int i = 0; i < COUNT; i++) {
                answers.add(cluster.createService(requestId(i), spec(i)));
            }
            return answers;
        });
    }

    /** Every request ends with its result, or as UNAVAILABLE. */
    void assertEnded() throws Exception {
        for (CompletionStage<Service> answer : answers) {
            answered += ended(answer).isPresent() ? 1 : 0;
        }
        answers.clear();
    }

    /** The command, which waits for its tasks, ends like a request, once everything is there again. */
    void assertCommandEnded() throws Exception {
        CommandLine.Ending ending = command.get(Services.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertTrue(ending.toString(), ending.succeeded() || ending.failure().startsWith("UNAVAILABLE: "));
    }

    /** Repeats each request under its id: whether it was applied before or not, there is one service of it now. */
    void assertAppliesOnce(Swarm swarm) throws Exception {
        for (int i = 0; i < COUNT; i++) {
            int number = i;
            Service service = services.with(
                    Cluster.class, cluster -> Swarm.answer(cluster.createService(requestId(number), spec(number))));
            Service again = services.with(
                    Cluster.class, cluster -> Swarm.answer(cluster.createService(requestId(number), spec(number))));
            assertEquals(service.id(), again.id());
        }
        long there = swarm.read().all(Table.SERVICES).stream()
                .filter(service -> service.spec().name().startsWith(prefix))
                .count();
        assertEquals(
                "services of " + COUNT + " requests, " + answered + " of which were answered at once", COUNT, there);
    }

    private static Optional<Service> ended(CompletionStage<Service> answer) throws Exception {
        try {
            return Optional.of(Swarm.answer(answer));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SkepException refused && refused.kind() == ErrorKind.UNAVAILABLE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private String requestId(int number) {
        return "request-" + prefix + number;
    }

    /** A service without tasks: only its row counts here. */
    private ServiceSpec spec(int number) {
        return ServiceSpec.of(
                prefix + number, TaskSpec.of(ContainerSpec.of(BusyboxImage.NAME)), ServiceMode.replicated(0));
    }
}
