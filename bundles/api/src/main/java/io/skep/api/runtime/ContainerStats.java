package io.skep.api.runtime;

/**
 * What a container uses.
 *
 * @param cpuNanos processor time since its start, in nanoseconds
 * @param memoryBytes now
 * @param memoryLimitBytes zero when unlimited
 * @param pids processes and threads now
 */
public record ContainerStats(long cpuNanos, long memoryBytes, long memoryLimitBytes, long pids) {}
