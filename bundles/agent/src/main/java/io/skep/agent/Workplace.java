package io.skep.agent;

import io.skep.model.TaskStatus;
import java.time.Duration;
import java.time.Instant;

/** What a {@link TaskWork} needs of the agent around it. On the loop. */
interface Workplace {
    Executor executor();

    LocalEndpoints endpoints();

    /** Where other nodes reach this one. */
    String underlay();

    Instant now();

    /** Tells the managers. */
    void report(TaskStatus status);

    /** Nothing of the task remains on this node. */
    void forgotten(String taskId);

    /** Runs an event on the loop, from any thread; nothing once the agent has gone. */
    void onLoop(Runnable event);

    void after(Duration delay, Runnable event);
}
