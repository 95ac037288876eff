package io.skep.manager;

import io.skep.api.dispatch.Assignment;
import io.skep.api.dispatch.Assignments;
import io.skep.api.dispatch.Surroundings;
import io.skep.api.identity.SwarmFacts;
import io.skep.api.transport.Transport;
import io.skep.model.NetworkAttachment;
import io.skep.model.Task;
import io.skep.model.codec.Codec;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * One agent's session: remembers what the agent was told, so that it is told only what is new, one news at a time; what changes
 * while one is under way is told together in the next. On the loop.
 */
final class NodeSession {
    private final String id;
    private final String nodeId;
    private final BiConsumer<NodeSession, byte[]> post;
    private final Map<String, Assignment> told = new HashMap<>();
    private final ToldData data = new ToldData();
    private final Deque<Parcel> outbox = new ArrayDeque<>();
    private final Set<String> dirty = new LinkedHashSet<>();
    private final Around around;
    private Surroundings surroundings = Surroundings.NOTHING;
    private boolean moved;
    private Optional<SwarmFacts> toldFacts = Optional.empty();
    private Optional<SwarmFacts> newFacts = Optional.empty();
    private Snapshot seen = Snapshot.empty();
    private long sequence;
    private Optional<byte[]> underway = Optional.empty();

    /** Makes a session that hands its news, one at a time, to {@code post}, which answers with {@link #delivered}. */
    NodeSession(String id, String nodeId, Around around, BiConsumer<NodeSession, byte[]> post) {
        this.id = id;
        this.nodeId = nodeId;
        this.around = around;
        this.post = post;
    }

    /** What a node must know beside its tasks, when they are on these networks. */
    @FunctionalInterface
    interface Around {
        Surroundings of(String nodeId, Set<String> networks);
    }

    String id() {
        return id;
    }

    String nodeId() {
        return nodeId;
    }

    /** Tells everything. */
    void all(Snapshot cluster, SwarmFacts facts) {
        seen = cluster;
        told.clear();
        data.clear();
        outbox.clear();
        dirty.clear();
        List<Assignment> everything = new ArrayList<>();
        for (Task task : cluster.tasksOfNode(nodeId)) {
            AssignmentView.of(cluster, task).ifPresent(assignment -> {
                told.put(task.id(), assignment);
                data.replaced(null, assignment);
                everything.add(assignment.withLastKnown(cluster.status(task.id())));
            });
        }
        toldFacts = Optional.of(facts);
        newFacts = Optional.empty();
        moved = false;
        surroundings = around.of(nodeId, networks());
        outbox.addAll(Parcel.everything(everything, data.missing(cluster), surroundings, facts));
        send();
    }

    /** Tells what is new of these tasks. */
    void some(Snapshot cluster, Set<String> taskIds) {
        seen = cluster;
        dirty.addAll(taskIds);
        send();
    }

    /** What the node must know beside its tasks may have changed. */
    void moved(Snapshot cluster) {
        seen = cluster;
        moved = true;
        send();
    }

    /** Tells what is new of the swarm. */
    void facts(SwarmFacts facts) {
        newFacts = toldFacts.equals(Optional.of(facts)) ? Optional.empty() : Optional.of(facts);
        send();
    }

    /** The agent has the last news. */
    void delivered() {
        underway = Optional.empty();
        send();
    }

    /** The last news may not have arrived: the same again, which the agent knows by its number. */
    void repeat() {
        underway.ifPresent(news -> post.accept(this, news));
    }

    private void send() {
        if (underway.isPresent()) {
            return;
        }
        if (outbox.isEmpty()) {
            difference();
        }
        if (!outbox.isEmpty()) {
            underway = Optional.of(pack());
            post.accept(this, underway.get());
        }
    }

    /** Numbers the next news; what is too large for one message goes in several. */
    private byte[] pack() {
        sequence++;
        Parcel next = outbox.remove();
        byte[] bytes = Codec.toBytes(next.news(id, sequence));
        while (bytes.length > Transport.MAX_BODY && next.divisible()) {
            List<Parcel> halves = next.halves();
            outbox.addFirst(halves.get(1));
            next = halves.get(0);
            bytes = Codec.toBytes(next.news(id, sequence));
        }
        return bytes;
    }

    private void difference() {
        List<Assignment> put = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        for (String taskId : dirty) {
            difference(taskId, put, removed);
        }
        boolean tasks = !put.isEmpty() || !removed.isEmpty();
        Optional<Surroundings> elsewhere = moved || tasks ? newSurroundings() : Optional.empty();
        dirty.clear();
        moved = false;
        if (tasks || newFacts.isPresent() || elsewhere.isPresent()) {
            Assignments news = new Assignments(false, put, removed, elsewhere, data.missing(seen), data.obsolete());
            outbox.addAll(Parcel.difference(news, newFacts));
            toldFacts = newFacts.or(() -> toldFacts);
            newFacts = Optional.empty();
        }
    }

    private void difference(String taskId, List<Assignment> put, List<String> removed) {
        Assignment now = seen.find(Table.TASKS, taskId)
                .filter(task -> task.nodeId().equals(nodeId))
                .flatMap(task -> AssignmentView.of(seen, task))
                .orElse(null);
        Assignment before = now == null ? told.remove(taskId) : told.put(taskId, now);
        data.replaced(before, now);
        if (now != null && !now.equals(before)) {
            put.add(now);
        } else if (now == null && before != null) {
            removed.add(taskId);
        }
    }

    private Optional<Surroundings> newSurroundings() {
        Surroundings now = around.of(nodeId, networks());
        if (now.equals(surroundings)) {
            return Optional.empty();
        }
        surroundings = now;
        return Optional.of(now);
    }

    private Set<String> networks() {
        return told.values().stream()
                .flatMap(assignment -> assignment.task().attachments().stream())
                .map(NetworkAttachment::networkId)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
