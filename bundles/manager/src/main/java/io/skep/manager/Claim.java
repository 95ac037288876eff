package io.skep.manager;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.Swarm;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;

/**
 * Names, subnets and published ports are unique in the swarm, but no row holds them. Whoever hands one out therefore writes the swarm's own row
 * as it is: of two who do so at once the second conflicts, and plans again on a state that shows what the first took. Pure.
 */
final class Claim {
    private Claim() {}

    /** The change that makes a plan exclude other plans that claim. */
    static Change of(Snapshot cluster) {
        Swarm swarm = swarm(cluster);
        return new Change.Put<>(Table.SWARM, swarm, cluster.versionOf(Table.SWARM, swarm.id()));
    }

    /** The swarm's row; {@code NO_LEADER} until its founder has written it. */
    static Swarm swarm(Snapshot cluster) {
        return cluster.swarm()
                .orElseThrow(() -> new SkepException(
                        ErrorCode.NO_LEADER, "the swarm is still being set up; try again in a moment"));
    }
}
