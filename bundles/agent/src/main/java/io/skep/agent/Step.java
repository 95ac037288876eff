package io.skep.agent;

import io.skep.model.TaskState;

/** The next thing to do for a task, from where its container is and where the task should go; pure. */
enum Step {
    /** All is as it should be. */
    NOTHING,
    /** Make network and container ready. */
    PREPARE,
    /** Execute it. */
    START,
    /** Stop what runs. */
    STOP,
    /** Never start what was not started. */
    ABANDON,
    /** Delete everything of it. */
    REMOVE;

    /** Where a container is in its life on this node. */
    enum Phase {
        /** Nothing was done yet. */
        NEW,
        /** Could be started. */
        PREPARED,
        /** Runs. */
        RUNNING,
        /** Ended, or never to be started. */
        ENDED
    }

    /**
     * What comes next.
     *
     * @param phase where the container is
     * @param desired where the task should go
     * @param assigned false once the swarm has forgotten the task
     */
    static Step next(Phase phase, TaskState desired, boolean assigned) {
        if (!assigned) {
            return phase == Phase.RUNNING ? STOP : REMOVE;
        }
        return switch (phase) {
            case NEW -> stops(desired) ? ABANDON : PREPARE;
            case PREPARED -> stops(desired) ? ABANDON : runs(desired) ? START : NOTHING;
            case RUNNING -> stops(desired) ? STOP : NOTHING;
            case ENDED -> NOTHING;
        };
    }

    /** True when the task is not wanted any more. */
    static boolean stops(TaskState desired) {
        return desired.after(TaskState.COMPLETE);
    }

    private static boolean runs(TaskState desired) {
        return desired == TaskState.RUNNING || desired == TaskState.COMPLETE;
    }
}
