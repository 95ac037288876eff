package io.skep.orchestrator;

import io.skep.model.RestartPolicy;
import io.skep.model.Task;
import io.skep.model.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Says whether and when a task that ended is replaced. All it knows of the past is the history of the slot, so it is the same under every
 * leader:
 *
 * <ul>
 *   <li>The condition of the task's own policy decides; a job never repeats what completed.
 *   <li>Attempts are the tasks of the same spec version that ended by themselves and were replaced, within the policy's window before this
 *       end.
 *   <li>The delay counts from the end, or from when the task might have run if it ended before. It doubles with each further failure in a row that came within {@link #QUICK} of being allowed to
 *       run (without a delay, from {@link #LEAST}), up to {@link #MOST} or the policy's own delay if that is longer; a longer run or a
 *       new spec version begins anew. As many doublings as the history has tasks.
 * </ul>
 */
final class RestartRule {
    /** A failure so soon after the start is a quick one. */
    static final Duration QUICK = Duration.ofSeconds(10);

    /** The first delay of a policy without delay, once a task failed quickly for the second time. */
    static final Duration LEAST = Duration.ofMillis(100);

    /** Where doubling ends. */
    static final Duration MOST = Duration.ofMinutes(1);

    private final TaskFacts facts;
    private final boolean job;

    RestartRule(TaskFacts facts, boolean job) {
        this.facts = facts;
        this.job = job;
    }

    /** When the replacement may run; empty when there is to be none. The task has ended. */
    Optional<Instant> replacementAt(Slot slot, Task task) {
        RestartPolicy policy = task.spec().restartPolicy();
        if (!conditionHolds(policy, task) || attemptsUsed(policy, slot, task)) {
            return Optional.empty();
        }
        Instant from = later(facts.since(task), TaskFacts.allowedAt(task));
        return Optional.of(from.plus(delay(policy, slot, task)));
    }

    private boolean conditionHolds(RestartPolicy policy, Task task) {
        boolean completed = facts.state(task) == TaskState.COMPLETE;
        return switch (policy.condition()) {
            case NONE -> false;
            case ON_FAILURE -> !completed;
            case ANY -> !completed || !job;
        };
    }

    private boolean attemptsUsed(RestartPolicy policy, Slot slot, Task task) {
        if (policy.maxAttempts() == 0) {
            return false;
        }
        boolean always = policy.window().isZero();
        Instant from = facts.since(task).minus(policy.window());
        long restarts = earlier(slot, task).stream()
                .filter(this::endedByItself)
                .filter(other -> always || facts.since(other).isAfter(from))
                .count();
        return restarts >= policy.maxAttempts();
    }

    private Duration delay(RestartPolicy policy, Slot slot, Task task) {
        int failures = quickFailures(slot, task);
        if (failures < 2) {
            return policy.delay();
        }
        Duration base = longer(policy.delay(), LEAST);
        Duration doubled = base.multipliedBy(1L << Math.min(failures - 1, 20));
        return doubled.compareTo(MOST) < 0 ? doubled : longer(policy.delay(), MOST);
    }

    /** How many tasks in a row, up to and with this one, failed quickly. */
    private int quickFailures(Slot slot, Task task) {
        int failures = failedQuickly(task) ? 1 : 0;
        List<Task> earlier = earlier(slot, task);
        for (int i = earlier.size() - 1; failures > 0 && i >= 0 && failedQuickly(earlier.get(i)); i--) {
            failures++;
        }
        return failures;
    }

    private static List<Task> earlier(Slot slot, Task task) {
        return slot.tasks().stream()
                .filter(other -> other.retired() && other.specVersion() == task.specVersion())
                .filter(other -> TaskFacts.BY_AGE.compare(other, task) < 0)
                .toList();
    }

    private boolean failedQuickly(Task task) {
        return failed(task)
                && Duration.between(TaskFacts.allowedAt(task), facts.since(task))
                                .compareTo(QUICK)
                        < 0;
    }

    private boolean failed(Task task) {
        TaskState state = facts.state(task);
        return state == TaskState.FAILED || state == TaskState.REJECTED;
    }

    private boolean endedByItself(Task task) {
        return failed(task) || facts.state(task) == TaskState.COMPLETE;
    }

    private static Instant later(Instant left, Instant right) {
        return left.isAfter(right) ? left : right;
    }

    private static Duration longer(Duration left, Duration right) {
        return left.compareTo(right) > 0 ? left : right;
    }
}
