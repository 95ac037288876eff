package io.skep.cluster.trial;

import io.skep.cluster.fault.FaultRunner;
import io.skep.cluster.fault.Schedule;
import io.skep.cluster.judge.Prefixes;
import io.skep.cluster.judge.Prefixes.Applied;
import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.Lab;
import io.skep.cluster.lab.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Lets clients use the managers of a swarm while faults happen, and judges what they were answered. */
public final class Trial {
    private static final int PAUSE_MILLIS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What each client must be answered when all is over. */
    private static final int ANSWERS_AFTER = 10;

    private static final List<String> REGISTERS = List.of("r1", "r2", "r3", "r4");
    private static final List<String> NAMES = List.of("n1", "n2");

    private final Lab lab;
    private final List<Host> managers;
    private final long seed;
    private final Consumer<String> log;
    private final Histories histories = new Histories();
    private final Witnesses witnesses;
    private final List<String> violations = new ArrayList<>();

    /**
     * @param managers who are asked
     * @param seed of what the clients ask
     * @param log is told what happens
     */
    public Trial(Lab lab, List<Host> managers, long seed, Consumer<String> log) {
        this.lab = lab;
        this.managers = List.copyOf(managers);
        this.seed = seed;
        this.log = log;
        this.witnesses = new Witnesses(managers);
    }

    /**
     * What came out.
     *
     * @param violations what the swarm did that it promised not to do
     * @param operations how many were judged
     * @param sightings how many reports of managers were judged
     * @param longestGap between two writes that were acknowledged
     */
    public record Findings(List<String> violations, int operations, int sightings, Duration longestGap) {}

    /** Makes what the clients use. */
    public void prepare() {
        for (String register : REGISTERS) {
            managers.get(0)
                    .skep("swarm:service-create", "-d", "--name", register, "--replicas", "0", "trial/none:1")
                    .text();
        }
    }

    /** Runs one schedule, which must leave every host up. */
    public Findings run(Schedule schedule, int clients) throws InterruptedException, ExecutionException {
        return run(() -> schedule, Duration.ZERO, clients);
    }

    /**
     * Runs one schedule after the other, each of which must leave every host up, and judges all of it.
     *
     * @param atLeast no schedule begins when so much time has passed
     */
    public Findings run(Supplier<Schedule> schedules, Duration atLeast, int clients)
            throws InterruptedException, ExecutionException {
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(clients);
        List<? extends Future<?>> asking = IntStream.rangeClosed(1, clients)
                .mapToObj(this::client)
                .map(client -> threads.scheduleWithFixedDelay(client::ask, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS))
                .toList();
        try {
            witnesses.lookAgain();
            long end = System.nanoTime() + atLeast.toNanos();
            do {
                new FaultRunner(lab, this::happened).run(schedules.get());
            } while (System.nanoTime() < end);
            if (!histories.awaitAnswers(ANSWERS_AFTER * clients, PATIENCE)) {
                violations.add("when everything was mended, the clients got no answers any more");
            }
        } finally {
            threads.shutdown();
        }
        if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("commands do not end");
        }
        for (Future<?> client : asking) {
            // one that did not go on to the end failed
            if (!client.isCancelled()) {
                client.get();
            }
        }
        return judge();
    }

    /** What the clients asked and were answered, for people who look for the cause of a violation. */
    public List<String> notes() {
        return histories.notes();
    }

    private void happened(String fault) {
        log.accept(fault);
        witnesses.lookAgain();
    }

    private Client client(int number) {
        return new Client(number, seed + number, managers, REGISTERS, NAMES, histories);
    }

    /** Everything was mended, so each manager must answer, and all the same. */
    private Findings judge() {
        Client last = client(0);
        List<Applied> states = new ArrayList<>();
        for (Host manager : managers) {
            REGISTERS.forEach(register -> last.read(manager, register));
            Output services = manager.skep("swarm:service-ls", "--json");
            Output networks = manager.skep("swarm:network-ls", "--json");
            if (services.succeeded() && networks.succeeded()) {
                states.add(new Applied(manager.name(), 0, services.out() + networks.out()));
            } else {
                violations.add(manager.name() + " does not answer at the end: " + services.err() + networks.err());
            }
        }
        violations.addAll(histories.violations());
        violations.addAll(Prefixes.violations(states));
        violations.addAll(witnesses.violations());
        return new Findings(violations, histories.size(), witnesses.size(), Duration.ofNanos(histories.longestGap()));
    }
}
