package io.skep.contracts.consensus;

import io.skep.api.consensus.Consensus;

/** The engines of a contract test, one a member, on a network that can be cut. */
public interface SwarmUnderTest extends AutoCloseable {
    /** The engine of a member's node; the same one on every call. */
    Consensus engine(String memberId);

    /** Loses whatever a member sends and receives. */
    void cut(String memberId);

    /** Ends every cut. */
    void heal();

    /** Stops the engines; called after the groups were closed. */
    @Override
    void close();
}
