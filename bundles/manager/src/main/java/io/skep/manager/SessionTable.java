package io.skep.manager;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The open sessions by node. Changed on the loop; looked up by the transport's threads, too, for beats. */
final class SessionTable {
    private final Map<String, NodeSession> sessions = new ConcurrentHashMap<>();

    /** Takes the place of an earlier session of the node. */
    void begin(NodeSession session) {
        sessions.put(session.nodeId(), session);
    }

    void end(String nodeId) {
        sessions.remove(nodeId);
    }

    void end(NodeSession session) {
        sessions.remove(session.nodeId(), session);
    }

    void clear() {
        sessions.clear();
    }

    Optional<NodeSession> of(String nodeId) {
        return Optional.ofNullable(sessions.get(nodeId));
    }

    /** The node's session if it is this one. */
    Optional<NodeSession> held(String nodeId, String sessionId) {
        return of(nodeId).filter(session -> session.id().equals(sessionId));
    }

    boolean open(NodeSession session) {
        return of(session.nodeId()).equals(Optional.of(session));
    }

    List<NodeSession> all() {
        return List.copyOf(sessions.values());
    }
}
