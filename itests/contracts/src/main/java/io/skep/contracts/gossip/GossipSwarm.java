package io.skep.contracts.gossip;

import io.skep.api.gossip.Gossip;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Some nodes of the implementation under test, and the network between them, which the contract breaks. */
public interface GossipSwarm extends AutoCloseable {
    /** Starts a node, or starts it again after {@link #stop}: a new run that remembers nothing. It knows no other node yet. */
    Gossip start(String nodeId);

    /** Ends a node without a word to the others, as a crash does. */
    void stop(String nodeId);

    /** Loses everything that travels to or from a node. */
    void cut(String nodeId);

    /** Ends every cut. */
    void heal();

    /**
     * Lets time pass until {@code condition} holds. It is looked at whenever some node reports a change.
     *
     * @return whether it held in time
     */
    boolean until(BooleanSupplier condition, Duration within);

    /** Makes {@link #until} look at its condition again: for listeners of the contract's own. */
    void lookAgain();

    /** Ends every node. */
    @Override
    void close();
}
