package io.skep.model;

/**
 * An amount of what a node has; zero means none or no limit.
 *
 * @param nanoCpus billionths of a processor
 * @param memoryBytes memory
 * @param pids processes and threads; a limit only
 */
public record Resources(long nanoCpus, long memoryBytes, long pids) {
    /** Nothing. */
    public static final Resources NONE = new Resources(0, 0, 0);
}
