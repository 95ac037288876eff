package io.skep.model;

/**
 * How many tasks a service has (Docker Engine API, {@code ServiceMode}).
 *
 * @param kind the rule
 * @param replicas tasks wanted, or completions of a job; unused by global
 * @param maxConcurrent of a replicated job, zero is all; unused otherwise
 */
public record ServiceMode(Kind kind, int replicas, int maxConcurrent) {
    /** The rule by which tasks are made. */
    public enum Kind {
        REPLICATED,
        GLOBAL,
        REPLICATED_JOB,
        GLOBAL_JOB
    }

    /** So many tasks. */
    public static ServiceMode replicated(int replicas) {
        return new ServiceMode(Kind.REPLICATED, replicas, 0);
    }

    /** One task on each node. */
    public static ServiceMode global() {
        return new ServiceMode(Kind.GLOBAL, 0, 0);
    }
}
