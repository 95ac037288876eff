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
    private static final String GONE = "the container is gone; something other than Skep removed it";

    private final Workplace place;
    private Assignment assignment;
    private Optional<Phase> phase = Optional.empty();
    private boolean assigned = true;
    private boolean busy;
    /** Something came while an effect was under way: a part that was missing to it may be back already. */
    private boolean woken;

    private boolean removed;

    TaskWork(Workplace place, Assignment assignment) {
        this.place = place;
        this.assignment = assignment;
    }

    Assignment assignment() {
        return assignment;
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

    boolean ended() {
        return phase.equals(Optional.of(Phase.ENDED));
    }

    /** What the managers knew is told once, with the first assignment of a session, and holds until the task was looked at. */
    void assign(Assignment now) {
        assignment = now.lastKnown().isPresent() ? now : now.withLastKnown(assignment.lastKnown());
        publish();
        go();
    }

    /** A task that ran and was not looked at yet, as its runtime is slow to come back, is taken to run: nobody is cut off on suspicion. */
    void presume() {
        boolean ran = assignment
                .lastKnown()
                .filter(known -> known.state() == TaskState.RUNNING)
                .isPresent();
        if (!settled() && ran && !unwanted()) {
            place.endpoints().put(EndpointPlan.endpoint(assignment));
        }
    }

    /** The swarm has forgotten the task: nothing of it is to remain. */
    void forget() {
        assigned = false;
        go();
    }

    /** The runtime has come, or come back: this is what it has of the task. */
    void found(Optional<Container> container) {
        Optional<Exit> exit = container.flatMap(Container::exit);
        if (container.isPresent() && container.get().state() == Container.State.RUNNING) {
            started(container.get());
        } else if (exit.isPresent()) {
            exited(exit.get());
        } else if (!busy && !ended()) {
            notFound();
        }
        go();
    }

    /** Does what comes next, unless something is being done. */
    void go() {
        woken = busy;
        if (busy || removed || phase.isEmpty()) {
            return;
        }
        switch (Step.next(phase.get(), task().desiredState(), assigned)) {
            case PREPARE -> prepare();
            case START -> perform(place.executor().start(task()), TaskState.FAILED, this::started);
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
            failed(TaskState.FAILED, GONE);
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

    private void started(Container container) {
        phase = Optional.of(Phase.RUNNING);
        place.report(TaskNews.running(container, place.now()));
        publish();
        await();
    }

    private void await() {
        place.executor()
                .await(task())
                .whenComplete((exit, failure) -> place.onLoop(() -> {
                    if (failure != null) {
                        unwatched(failure);
                    } else {
                        exited(exit);
                        go();
                    }
                }));
    }

    /** A runtime that goes is followed by one that finds the container again. */
    private void unwatched(Throwable failure) {
        ErrorCode code = cause(failure).code();
        if (running() && code == ErrorCode.NOT_FOUND) {
            failed(TaskState.FAILED, GONE);
        } else if (running() && code != ErrorCode.PART_MISSING) {
            LOG.warn("task {} cannot be watched yet: {}", task().name(), failure.getMessage());
            place.after(AGAIN, () -> {
                if (running()) {
                    await();
                }
            });
        }
    }

    /** Routes go before the process does, so that nobody is sent to a container that stops. */
    private void stop() {
        place.endpoints().remove(task().id());
        perform(
                place.executor().stop(task(), task().spec().containerSpec().stopGracePeriod()),
                TaskState.FAILED,
                this::exited);
    }

    private void abandon() {
        phase = Optional.of(Phase.ENDED);
        release(TaskNews.of(task().id(), TaskState.SHUTDOWN, "shutdown before it started", place.now()));
    }

    private void exited(Exit exit) {
        if (!ended()) {
            phase = Optional.of(Phase.ENDED);
            place.endpoints().remove(task().id());
            release(TaskNews.exited(task().id(), exit, unwanted(), place.now()));
        }
    }

    private void failed(TaskState state, String err) {
        phase = Optional.of(Phase.ENDED);
        place.endpoints().remove(task().id());
        release(TaskNews.failed(task().id(), state, err, unwanted(), place.now()));
        go();
    }

    /** The end is told only when the address is free: the managers give it to the next task. */
    private void release(TaskStatus end) {
        place.executor()
                .detach(task())
                .whenComplete((id, failure) -> place.onLoop(() -> {
                    if (failure != null) {
                        LOG.warn("cannot remove the network of task {} yet: {}", task().name(), failure.getMessage());
                    }
                    if (!removed) {
                        place.report(end);
                    }
                }));
    }

    private void remove() {
        perform(place.executor().remove(task()), TaskState.FAILED, done -> {
            removed = true;
            place.forgotten(task().id());
        });
    }

    private <T> void perform(CompletionStage<T> effect, TaskState onFailure, Consumer<T> then) {
        busy = true;
        effect.whenComplete((value, failure) -> place.onLoop(() -> {
            busy = false;
            if (failure == null) {
                then.accept(value);
                go();
            } else {
                hindered(cause(failure), onFailure);
            }
        }));
    }

    /** A part that is being swapped comes back and finds the task where it was; nothing else is worth repeating on this node. */
    private void hindered(SkepException failure, TaskState onFailure) {
        if (failure.code() == ErrorCode.PART_MISSING) {
            LOG.info("task {} waits: {}", task().name(), failure.getMessage());
            if (woken) {
                go();
            }
        } else if (running() && failure.code() == ErrorCode.NOT_FOUND) {
            failed(TaskState.FAILED, GONE);
        } else if (running() || ended()) {
            LOG.warn("task {} cannot be stopped or removed yet: {}", task().name(), failure.getMessage());
            place.after(AGAIN, this::go);
        } else {
            failed(onFailure, String.valueOf(failure.getMessage()));
        }
    }

    private boolean unwanted() {
        return !assigned || Step.stops(task().desiredState());
    }

    private void publish() {
        if (running() && !unwanted()) {
            place.endpoints().put(EndpointPlan.endpoint(assignment));
        }
    }

    private void report(TaskState state, String message) {
        place.report(TaskNews.of(task().id(), state, message, place.now()));
    }

    private static SkepException cause(Throwable failure) {
        Throwable inner = failure.getCause() != null ? failure.getCause() : failure;
        return inner instanceof SkepException known
                ? known
                : failure instanceof SkepException known
                        ? known
                        : new SkepException(ErrorCode.FAILED, String.valueOf(inner.getMessage()), inner);
    }
}
