package io.skep.simulation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What operators do and what befalls a swarm, in an order that the seed decides. */
final class Storm {
    private static final int ACTIONS = 30;
    private static final Duration PAUSE = Duration.ofSeconds(8);
    /** Longer than it takes to notice a node that was silent already when all was healed. */
    private static final Duration CALM = Duration.ofSeconds(30);

    private Storm() {}

    /** Runs a seed from the founding to the rest after the storm, and gives its trace. */
    static String run(long seed, boolean faults, Path directory) {
        Swarm swarm = new Swarm(seed, directory);
        swarm.begin();
        Operators operators = new Operators(swarm);
        Faults befalling = new Faults(swarm, operators);
        for (int i = 0; i < ACTIONS; i++) {
            swarm.pass(swarm.timeline.upTo(PAUSE));
            if (faults && swarm.timeline.chance(50)) {
                befalling.strike();
            } else {
                operators.act();
            }
        }
        swarm.heal();
        Optional<Machine> lost = swarm.timeline.any(swarm.workers());
        lost.ifPresent(machine -> machine.off(true));
        swarm.until("the others do without one", () -> operators.answered() && swarm.atRest());
        swarm.heal();
        swarm.pass(CALM);
        swarm.until("everything is at rest", swarm::atRest);
        staysAtRest(swarm, operators);
        swarm.end();
        return swarm.timeline.trace();
    }

    private static void staysAtRest(Swarm swarm, Operators operators) {
        operators.unfulfilled(swarm.newest()).ifPresent(wish -> {
            throw new AssertionError("what was acknowledged does not hold: " + wish + "\n" + swarm.describe());
        });
        Set<String> wanted = swarm.rest().wanted();
        swarm.pass(CALM);
        Observer.require(swarm.atRest(), "it did not stay at rest\n" + swarm.describe());
        Observer.require(swarm.rest().wanted().equals(wanted), "tasks were replaced at rest\n" + swarm.describe());
    }
}
