package io.skep.api.gossip;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Membership with failure detection (SWIM: Das, Gupta, Motivala, 2002) and eventually consistent tables in which every node
 * writes only its own entries. Exclusive: bound by a configured target such as {@code (engine=atomix)}. Thread-safe,
 * non-blocking. Service property {@code engine}: the engine's name.
 */
@ProviderType
public interface Gossip {
    /**
     * The table in which a node that only stops its gossip says so, by any entry: its containers go on, so what it told of them is to be kept for a while
     * though it counts as dead. It states it empty when it gossips again.
     */
    String PAUSES = "pauses";

    /** The table in which a manager says where it is reached, by the one entry {@link #TRANSPORT}. A hint: whoever asks there must not believe more than certificates say. */
    String MANAGERS = "managers";

    /** In {@link #MANAGERS}: where the manager's transport listens, {@code host:port} in UTF-8. */
    String TRANSPORT = "transport";

    /** This node's id in the gossip, the same as in the swarm. */
    String nodeId();

    /** The members known now, this node first, the others sorted by id; without those that the swarm has removed. */
    List<Member> members();

    /**
     * Tells where other nodes gossip, as {@code host:port} with a numeric host; adds to what is known and is remembered
     * until this engine stops. Idempotent.
     *
     * @throws io.skep.model.SkepException with code {@code INVALID_ARGUMENT} for a malformed address
     */
    void seed(List<String> addresses);

    /**
     * States this node's complete set of entries in a table; the difference to what it stated before travels. The first
     * statement after a start also removes what an earlier run of this node left. Idempotent.
     *
     * @param table {@code [a-z-]}, at most 32 characters
     * @param entries at most 16 KiB a value, 255 characters a key and 8 MiB together; copied
     * @throws io.skep.model.SkepException with code {@code INVALID_ARGUMENT} for what exceeds that, {@code PART_MISSING}
     *     once the engine was stopped
     */
    void publish(String table, Map<String, byte[]> entries);

    /**
     * The table as this node knows it: owner's node id, then key. A node that has not published since this node knows it
     * is absent, which is not the same as an empty map: consumers keep what they had of it. An own statement is seen here
     * once it was reported, too. What nodes tell that the swarm has removed is left out. The arrays are shared and not to be modified.
     */
    Map<String, Map<String, byte[]>> table(String table);

    /**
     * Reports that a table or the membership changed, on a thread of the engine: the listener hands over, returns, and reads
     * {@link #table} or {@link #members} in its own time. The subscription starts with one report of each kind; changes
     * that come together make one report.
     *
     * @return closes the subscription; idempotent
     */
    Subscription onChange(Consumer<Change> listener);

    /** What changed. */
    enum Change {
        TABLES,
        MEMBERS
    }

    /** Ends {@link #onChange}. */
    @ProviderType
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
