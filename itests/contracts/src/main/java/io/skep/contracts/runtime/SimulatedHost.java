package io.skep.contracts.runtime;

import io.skep.api.runtime.Container;
import io.skep.api.runtime.Container.State;
import io.skep.api.runtime.ContainerConfig;
import io.skep.api.runtime.Exit;
import io.skep.api.runtime.LogLine;
import io.skep.model.SkepException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The kernel and disk of a {@link SimulatedRuntime}: its containers, which outlive the runtime, and what a test does to them.
 * For one thread, as a simulation is.
 */
public final class SimulatedHost {
    private static final int FIRST_PID = 1000;

    private final Map<String, Simulated> containers = new TreeMap<>();
    private final Map<String, Deque<SkepException>> failures = new TreeMap<>();
    private Consumer<String> ended = id -> {};
    private Consumer<String> started = id -> {};
    private int lastPid = FIRST_PID;

    /**
     * One container.
     *
     * @param endsAt when its program ends by itself, with {@code endCode}
     */
    record Simulated(
            ContainerConfig config, Container seen, List<LogLine> printed, Optional<Instant> endsAt, int endCode) {}

    /** Ends a running container with an exit code, as a bug of its program would. */
    public void crash(String id, int code, Instant now) {
        end(id, new Exit(code, false, now));
    }

    /** Ends a running container for its memory limit. */
    public void exhaustMemory(String id, Instant now) {
        end(id, new Exit(137, true, now));
    }

    /** Takes a container away without a trace, as somebody with another tool would. */
    public void vanish(String id) {
        containers.remove(id);
        ended.accept(id);
    }

    /** Who is told of every container whose program begins to run, by its id. */
    public void onStart(Consumer<String> listener) {
        started = listener;
    }

    /** Ends all containers at once, unwatched: a power cut. */
    public void powerOff(Instant now) {
        List.copyOf(containers.keySet()).forEach(id -> end(id, new Exit(255, false, now)));
    }

    /** Lets the next call of a verb, such as {@code prepare}, fail. */
    public void failNext(String verb, SkepException failure) {
        failures.computeIfAbsent(verb, any -> new ArrayDeque<>()).add(failure);
    }

    /** The configurations of the containers that are there, by id. */
    public Map<String, ContainerConfig> configs() {
        Map<String, ContainerConfig> configs = new TreeMap<>();
        containers.forEach((id, container) -> configs.put(id, container.config()));
        return configs;
    }

    /** The ids of the containers whose programs run now. */
    public Set<String> running() {
        return containers.values().stream()
                .filter(container -> container.seen().state() == State.RUNNING)
                .map(container -> container.config().id())
                .collect(Collectors.toSet());
    }

    void throwPlanned(String verb) {
        Deque<SkepException> planned = failures.get(verb);
        if (planned != null && !planned.isEmpty()) {
            throw planned.remove();
        }
    }

    /** Who is told of ends from now on. */
    void onEnd(Consumer<String> listener) {
        ended = listener;
    }

    Optional<Simulated> find(String id) {
        return Optional.ofNullable(containers.get(id));
    }

    List<Simulated> all() {
        return List.copyOf(containers.values());
    }

    void prepare(ContainerConfig config) {
        Container container = new Container(
                config.id(), config.labels(), State.PREPARED, OptionalInt.empty(), Optional.empty(), Optional.empty());
        containers.putIfAbsent(config.id(), new Simulated(config, container, List.of(), Optional.empty(), 0));
    }

    void start(String id, Instant now, SimulatedProgram program) {
        Simulated before = containers.get(id);
        if (before == null || before.seen().state() != State.PREPARED) {
            return;
        }
        Container running = new Container(
                id,
                before.seen().labels(),
                State.RUNNING,
                OptionalInt.of(++lastPid),
                Optional.of(now),
                Optional.empty());
        List<LogLine> printed = new ArrayList<>();
        if (before.config().logs().kept()) {
            program.prints().forEach(text -> printed.add(new LogLine(now, LogLine.Stream.STDOUT, text)));
        }
        Optional<Instant> endsAt = program.endsAfter().map(now::plus);
        containers.put(id, new Simulated(before.config(), running, printed, endsAt, program.endCode()));
        started.accept(id);
    }

    /** Ends what is due. */
    void endDue(String id, Instant now) {
        find(id).filter(container -> container.seen().state() == State.RUNNING)
                .filter(container ->
                        container.endsAt().filter(at -> !at.isAfter(now)).isPresent())
                .ifPresent(container -> end(
                        id,
                        new Exit(container.endCode(), false, container.endsAt().orElse(now))));
    }

    void end(String id, Exit exit) {
        Simulated before = containers.get(id);
        if (before == null || before.seen().state() == State.EXITED) {
            return;
        }
        Container over = new Container(
                id,
                before.seen().labels(),
                State.EXITED,
                OptionalInt.empty(),
                before.seen().startedAt(),
                Optional.of(exit));
        containers.put(id, new Simulated(before.config(), over, before.printed(), Optional.empty(), 0));
        ended.accept(id);
    }

    void remove(String id) {
        containers.remove(id);
    }
}
