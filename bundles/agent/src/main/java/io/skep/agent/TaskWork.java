package io.skep.agent;

import io.skep.agent.Step.Phase;
import io.skep.api.dispatch.Assignment;
import io.skep.api.runtime.Container;
import io.skep.api.runtime.Exit;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import io.skep.model.TaskStatus.ContainerStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task on this node: one effect at a time, then the next step, until the container is where the task should be. On the loop. */
final class TaskWork {
    private static final Logger LOG = LoggerFactory.getLogger(TaskWork.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Workplace place;
    private Assignment assignment;
    private Optional<Phase> phase = Optional.empty();
    private boolean assigned = true;
    private boolean busy;
    private boolean stopping;

    TaskWork(Workplace place, Assignment assignment) {
        this.place = place;
        this.assignment = assignment;
    }

    Task task() {
        return assignment.task();
    }

    /** False until it is known whether the task has a container from earlier. */
    boolean settled() {
        return phase.isPresent();
    }

    boolean running() {
        return phase.equals(Optional.of(Phase.RUNNING));
    }

    void assign(Assignment now) {
        assignment = now;
        if (running() && !stopping) {
            place.endpoints().put(EndpointPlan.endpoint(now));
        }
        go();
    }

    /** The swarm has forgotten the task: nothing of it is to remain. */
    void forget() {
        assigned = false;
        go();
    }

    /** The runtime has come, or come back: this is what it has of the task. */
    void found(Optional<Container> container) {
        if (container.isPresent() && container.get().state() == Container.State.RUNNING) {
            started(container.get());
        } else if (container.flatMap(Container::exit).isPresent()) {
            if (!phase.equals(Optional.of(Phase.ENDED))) {
                exited(container.flatMap(Container::exit).orElseThrow());
            }
        } else if (!busy && !phase.equals(Optional.of(Phase.ENDED))) {
            notFound();
        }
        go();
    }

    /** Does what comes next, unless something is being done. */
    void go() {
        if (busy || phase.isEmpty()) {
            return;
        }
        switch (Step.next(phase.get(), task().desiredState(), assigned)) {
            case PREPARE -> prepare();
            case START -> start();
            case STOP -> stop();
            case ABANDON -> abandon();
            case REMOVE -> remove();
            case NOTHING -> {}
        }
    }

    private void notFound() {
        Optional<TaskState> known = assignment.lastKnown().map(TaskStatus::state);
        boolean lost = running()
                || known.filter(state -> !state.terminal() && state.after(TaskState.READY))
                        .isPresent();
        if (lost) {
            failed(TaskState.FAILED, "the container is gone; something other than Skep removed it");
        } else {
            phase = Optional.of(known.filter(TaskState::terminal).isPresent() ? Phase.ENDED : Phase.NEW);
        }
    }

    private void prepare() {
        report(TaskState.PREPARING, "preparing");
        perform(place.executor().prepare(assignment), TaskState.REJECTED, container -> {
            phase = Optional.of(Phase.PREPARED);
            if (task().desiredState() == TaskState.READY) {
                report(TaskState.READY, "ready");
            }
        });
    }

    private void start() {
        perform(place.executor().start(task()), TaskState.FAILED, this::started);
    }

    private void started(Container container) {
        phase = Optional.of(Phase.RUNNING);
        ContainerStatus status =
                new ContainerStatus(container.id(), container.pid().orElse(0), 0, false);
        place.report(new TaskStatus(
                task().id(),
                TaskState.RUNNING,
                container.startedAt().orElseGet(place::now),
                "started",
                "",
                Optional.of(status)));
        if (!stopping) {
            place.endpoints().put(EndpointPlan.endpoint(assignment));
        }
        place.executor()
                .await(task())
                .whenComplete((exit, failure) -> place.onLoop(() -> {
                    if (failure == null) {
                        exited(exit);
                        go();
                    } else if (code(failure) == ErrorCode.NOT_FOUND && running()) {
                        failed(TaskState.FAILED, "the container is gone; something other than Skep removed it");
                    }
                }));
    }

    /** Routes go before the process does, so that nobody is sent to a container that stops. */
    private void stop() {
        stopping = true;
        place.endpoints().remove(task().id());
        perform(
                place.executor().stop(task(), task().spec().containerSpec().stopGracePeriod()),
                TaskState.FAILED,
                done -> {});
    }

    private void abandon() {
        phase = Optional.of(Phase.ENDED);
        release(TaskState.SHUTDOWN, "shutdown before it started", "", Optional.empty());
    }

    private void exited(Exit exit) {
        if (phase.equals(Optional.of(Phase.ENDED))) {
            return;
        }
        phase = Optional.of(Phase.ENDED);
        place.endpoints().remove(task().id());
        ContainerStatus container = new ContainerStatus(task().id(), 0, exit.code(), exit.outOfMemory());
        TaskState state = stopping ? TaskState.SHUTDOWN : exit.code() == 0 ? TaskState.COMPLETE : TaskState.FAILED;
        String err = state == TaskState.FAILED ? "task: non-zero exit (" + exit.code() + ")" : "";
        if (exit.outOfMemory()) {
            err += ": out of memory, the kernel enforced the memory limit";
        }
        release(state, stopping ? "shutdown" : "finished", err, Optional.of(container));
    }

    private void failed(TaskState state, String err) {
        phase = Optional.of(Phase.ENDED);
        place.endpoints().remove(task().id());
        release(state, state == TaskState.REJECTED ? "preparing" : "starting", err, Optional.empty());
        go();
    }

    /** The end is told only when the address is free: the managers give it to the next task. */
    private void release(TaskState state, String message, String err, Optional<ContainerStatus> container) {
        place.executor().detach(task().id()).whenComplete((id, failure) -> {
            if (failure != null) {
                LOG.warn("cannot remove the network of task {} yet: {}", task().name(), failure.getMessage());
            }
            place.report(new TaskStatus(task().id(), state, place.now(), message, err, container));
        });
    }

    private void remove() {
        perform(place.executor().remove(task()), TaskState.FAILED, done -> place.forgotten(task().id()));
    }

    private <T> void perform(CompletionStage<T> effect, TaskState onFailure, Consumer<T> then) {
        busy = true;
        effect.whenComplete((value, failure) -> {
            busy = false;
            if (failure == null) {
                then.accept(value);
                go();
            } else {
                hindered(failure, onFailure);
            }
        });
    }

    /** A part that is being swapped comes back and finds the task where it was; nothing else is worth repeating on this node. */
    private void hindered(Throwable failure, TaskState onFailure) {
        Throwable cause = failure.getCause() instanceof SkepException inner ? inner : failure;
        if (code(cause) == ErrorCode.PART_MISSING) {
            LOG.info("task {} waits: {}", task().name(), cause.getMessage());
        } else if (!assigned || phase.equals(Optional.of(Phase.RUNNING))) {
            LOG.warn("task {} cannot be stopped or removed yet: {}", task().name(), cause.getMessage());
            place.after(AGAIN, this::go);
        } else {
            failed(onFailure, String.valueOf(cause.getMessage()));
        }
    }

    private void report(TaskState state, String message) {
        place.report(new TaskStatus(task().id(), state, place.now(), message, "", Optional.empty()));
    }

    private static ErrorCode code(Throwable failure) {
        Throwable cause = failure.getCause() instanceof SkepException inner ? inner : failure;
        return cause instanceof SkepException e ? e.code() : ErrorCode.FAILED;
    }
}
