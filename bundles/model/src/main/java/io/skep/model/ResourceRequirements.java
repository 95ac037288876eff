package io.skep.model;

/**
 * What a task may use at most and what is set aside for it.
 *
 * @param limits enforced by the kernel
 * @param reservations subtracted from the node by the scheduler
 */
public record ResourceRequirements(Resources limits, Resources reservations) {
    /** Neither. */
    public static final ResourceRequirements NONE = new ResourceRequirements(Resources.NONE, Resources.NONE);
}
