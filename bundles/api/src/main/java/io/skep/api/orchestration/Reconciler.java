package io.skep.api.orchestration;

import io.skep.model.table.Snapshot;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One rule of which tasks should exist. A set of plug-ins, pure: no clock, no randomness, no effects, no memory between calls. The leader
 * calls them in turn, by {@link #order()}, for a subject that may need attention; the first non-empty decision is committed, which makes its
 * subjects dirty again, until none has anything to say. Called on an Effects thread, must not block.
 */
@ConsumerType
public interface Reconciler {
    /** A name for logs and decisions' traces, such as {@code replicated}. */
    String name();

    /** Lower runs first; 0–1000. Allocation 100, replicas 200, update 300, restart 400, reaping 900. */
    int order();

    /**
     * Says what should change about the subject. Deciding again on an unchanged snapshot at the same time gives the same answer up to ids; deciding after the answer was applied
     * gives the next step, and after finitely many steps nothing.
     *
     * @param cluster holds all earlier decisions of this leader, applied or still to be acknowledged: what two decisions hand out (addresses,
     *     ports) is only checked against it
     * @param subject what to look at; a rule that it does not concern answers {@link Decision#NOTHING}
     * @param context the time, and new ids
     * @return changes, and when to look again: the earliest {@code wakeAt} of all rules counts, with changes or without
     */
    Decision decide(Snapshot cluster, Subject subject, Context context);
}
