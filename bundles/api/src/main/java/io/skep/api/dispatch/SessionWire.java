package io.skep.api.dispatch;

import io.skep.api.identity.ManagerAddress;
import io.skep.api.identity.SwarmFacts;
import io.skep.model.NodeDescription;
import io.skep.model.TaskStatus;
import java.util.List;
import java.util.Optional;

/**
 * What agents and managers say to each other, each message in {@link io.skep.model.codec.Codec} bytes under a subject of the transport. The agent opens a session with the
 * leader and beats; the leader sends news, one at a time, and the agent's answer says that it has them. The sender's node is the
 * certificate's, never the message's.
 */
public final class SessionWire {
    /** Served by managers for members: {@link Open}, answered by {@link Opened}. */
    public static final String OPEN = "session.open";

    /** Served by managers for members: {@link Beat}, answered by {@link Beaten}; {@code WRONG_STATE} when the session is over: open another. */
    public static final String BEAT = "session.beat";

    /** Served by managers for members: {@link Report}, answered when it is durable; {@code WRONG_STATE} as above. */
    public static final String REPORT = "session.report";

    /** Served by managers for members: {@link Describe}; {@code WRONG_STATE} as above. */
    public static final String DESCRIBE = "session.describe";

    /** Served by managers for members: {@link Close}. */
    public static final String CLOSE = "session.close";

    /** Served by agents for managers: {@link News}; {@code WRONG_STATE} when the agent has another session meanwhile. */
    public static final String NEWS = "session.news";

    private SessionWire() {}

    /**
     * Opens the session of the asking node, ending an earlier one of the same node. The node becomes READY.
     *
     * @param sessionId new, chosen by the agent, so that it knows news that overtake the answer
     * @param description what the node has
     * @param address where its transport listens, {@code host:port}
     * @param issuer digest of the root that the node's certificate comes from, see {@link io.skep.model.JoinToken#digestOf}
     */
    public record Open(String sessionId, NodeDescription description, String address, String issuer) {}

    /**
     * The answer to {@link Open}: the session is open, or who leads instead.
     *
     * @param accepted false when the manager asked does not lead
     * @param beatMillis how often the agent beats, in milliseconds
     * @param leader where the leader listens, as far as the manager asked knows
     */
    public record Opened(boolean accepted, long beatMillis, Optional<ManagerAddress> leader) {}

    /**
     * The agent lives.
     *
     * @param sessionId the session
     */
    public record Beat(String sessionId) {}

    /**
     * The leader has heard the beat.
     *
     * @param beatMillis how often the agent beats from now on, in milliseconds
     */
    public record Beaten(long beatMillis) {}

    /**
     * Ends a session. A node that leaves is down at once; one whose agent stops has some time to come back.
     *
     * @param sessionId the session
     * @param leaving true when the node leaves the swarm, false when only its agent stops
     */
    public record Close(String sessionId, boolean leaving) {}

    /**
     * What was observed; only tasks of the session's node are taken, and only news that moves a task on. Idempotent.
     *
     * @param sessionId the session
     * @param statuses the latest of each task
     */
    public record Report(String sessionId, List<TaskStatus> statuses) {
        public Report {
            statuses = List.copyOf(statuses);
        }
    }

    /**
     * Replaces what the node says of itself. Idempotent.
     *
     * @param sessionId the session
     * @param description what it has
     * @param issuer as in {@link Open}
     */
    public record Describe(String sessionId, NodeDescription description, String issuer) {}

    /**
     * What the node is to do and to know; answered once the agent has taken it over, in order.
     *
     * @param sessionId the session
     * @param sequence 1, 2, 3 … within the session; a repeated one is answered and dropped
     * @param assignments what is new; complete in the first news of a session
     * @param last false when a complete assignment goes on in the next news
     * @param facts when they are new to the node
     */
    public record News(
            String sessionId, long sequence, Assignments assignments, boolean last, Optional<SwarmFacts> facts) {}
}
