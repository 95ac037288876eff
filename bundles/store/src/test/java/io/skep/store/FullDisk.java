package io.skep.store;

import io.skep.api.consensus.Consensus;
import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.StateMachine;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;

/** An engine that can open nothing. */
final class FullDisk implements Consensus {
    @Override
    public Group open(GroupConfig config, StateMachine machine) {
        throw full();
    }

    @Override
    public void salvage(GroupConfig config, StateMachine machine) {
        throw full();
    }

    private static SkepException full() {
        return new SkepException(ErrorCode.EXHAUSTED, "the disk is full");
    }
}
