package io.skep.manager;

import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import java.util.List;

/**
 * What an operator asks, as two pure functions.
 *
 * @param plan what to change
 * @param answer what to say once it holds
 */
record Request<R>(Plan plan, Answer<R> answer) {
    /** Says what to change. */
    @FunctionalInterface
    interface Plan {
        /**
         * The changes that carry the request out; none when everything is as asked already.
         *
         * @throws io.skep.model.SkepException of kind USER when the request is wrong
         */
        List<Change> changes(Snapshot cluster, Ids ids);
    }

    /** Says what came of it. */
    @FunctionalInterface
    interface Answer<R> {
        /** The result, from the states before and after; they are the same when the request had been carried out earlier. */
        R read(Snapshot before, Snapshot after, Ids ids);
    }
}
