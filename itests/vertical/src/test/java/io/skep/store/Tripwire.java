package io.skep.store;

import io.skep.api.consensus.Consensus;
import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.StateMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/** An engine that tells when a group of a later epoch has come to a certain moment. */
record Tripwire(Consensus engine, EpochTest.Moment moment, CompletableFuture<Boolean> reached) implements Consensus {
    @Override
    public Group open(GroupConfig config, StateMachine machine) {
        if (config.swarmId().equals(EpochManager.SWARM)) {
            return engine.open(config, machine);
        }
        Group group = engine.open(config, new Watched(machine));
        if (moment == EpochTest.Moment.GROUP_OPENED) {
            reached.complete(true);
        }
        return group;
    }

    @Override
    public void salvage(GroupConfig config, StateMachine machine) {
        engine.salvage(config, machine);
    }

    private final class Watched implements StateMachine {
        private final StateMachine machine;

        Watched(StateMachine machine) {
            this.machine = machine;
        }

        @Override
        public byte[] apply(long index, byte[] command) {
            if (moment == EpochTest.Moment.FIRST_COMMAND) {
                reached.complete(true);
            }
            byte[] answer = machine.apply(index, command);
            if (moment == EpochTest.Moment.STATE_BROUGHT && machine instanceof Replica replica && replica.begun()) {
                reached.complete(true);
            }
            return answer;
        }

        @Override
        public void save(OutputStream out) throws IOException {
            machine.save(out);
        }

        @Override
        public void load(InputStream in) throws IOException {
            machine.load(in);
        }
    }
}
