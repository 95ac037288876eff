package io.skep.model.table;

import io.skep.model.Config;
import io.skep.model.Network;
import io.skep.model.Node;
import io.skep.model.Secret;
import io.skep.model.Segment;
import io.skep.model.Service;
import io.skep.model.Swarm;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import io.skep.model.Trust;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The whole state of the cluster at one version: immutable, free to take, safe to read on any thread. Collections are views sorted by id
 * unless they say otherwise; single lookups cost O(log n).
 */
public final class Snapshot {
    private static final Snapshot EMPTY = new Snapshot(
            0,
            Rows.empty(),
            Rows.empty(),
            Rows.empty(),
            Rows.empty(),
            Rows.empty(),
            Rows.empty(),
            Rows.empty(),
            Rows.empty(),
            Rows.empty(),
            Rows.empty(),
            Indexes.empty());

    private final long version;
    private final Rows<Swarm> swarm;
    private final Rows<Trust> trust;
    private final Rows<Node> nodes;
    private final Rows<Network> networks;
    private final Rows<Segment> segments;
    private final Rows<Service> services;
    private final Rows<Task> tasks;
    private final Rows<TaskStatus> statuses;
    private final Rows<Secret> secrets;
    private final Rows<Config> configs;
    private final Indexes indexes;

    Snapshot(
            long version,
            Rows<Swarm> swarm,
            Rows<Trust> trust,
            Rows<Node> nodes,
            Rows<Network> networks,
            Rows<Segment> segments,
            Rows<Service> services,
            Rows<Task> tasks,
            Rows<TaskStatus> statuses,
            Rows<Secret> secrets,
            Rows<Config> configs,
            Indexes indexes) {
        this.version = version;
        this.swarm = swarm;
        this.trust = trust;
        this.nodes = nodes;
        this.networks = networks;
        this.segments = segments;
        this.services = services;
        this.tasks = tasks;
        this.statuses = statuses;
        this.secrets = secrets;
        this.configs = configs;
        this.indexes = indexes;
    }

    /** The state before the first transaction, at version 0. */
    public static Snapshot empty() {
        return EMPTY;
    }

    /** Counts the transactions that made it. */
    public long version() {
        return version;
    }

    /** A row by its id. */
    public <R extends Row> Optional<R> find(Table<R> table, String id) {
        return Optional.ofNullable(table.rows(this).row(id));
    }

    /** A row with its version, by its id. */
    public <R extends Row> Optional<Entry<R>> entry(Table<R> table, String id) {
        return table.rows(this).entry(id);
    }

    /** The version of a row, {@link Change#ABSENT} when there is none. */
    public long versionOf(Table<?> table, String id) {
        return table.rows(this).version(id);
    }

    /** All rows of a table. */
    public <R extends Row> Collection<R> all(Table<R> table) {
        return new RowView<>(entries(table));
    }

    /** All rows of a table with their versions. */
    public <R extends Row> Collection<Entry<R>> entries(Table<R> table) {
        return table.rows(this).entries();
    }

    /** The swarm's own row; absent before it is initialised. */
    public Optional<Swarm> swarm() {
        return swarm.entries().stream().findFirst().map(Entry::row);
    }

    /** What makes the nodes believe one another; absent before the swarm is initialised. */
    public Optional<Trust> trust() {
        return trust.entries().stream().findFirst().map(Entry::row);
    }

    /** The tasks of a service, history included. */
    public Collection<Task> tasksOfService(String serviceId) {
        return indexes.byService().group(serviceId);
    }

    /** The tasks of a node, history and pre-assigned ones included. */
    public Collection<Task> tasksOfNode(String nodeId) {
        return indexes.byNode().group(nodeId);
    }

    /** The tasks that want to run and that the scheduler has not confirmed on a node. */
    public Collection<Task> unassigned() {
        return indexes.unassigned().values();
    }

    /** What was observed of a task, once its node reported. */
    public Optional<TaskStatus> status(String taskId) {
        return find(Table.STATUSES, taskId);
    }

    /** How far a task has come: what its node reported, else what the managers know. */
    public TaskState stateOf(Task task) {
        TaskStatus status = statuses.row(task.id());
        if (status != null) {
            return status.state();
        }
        return task.assigned() ? TaskState.ASSIGNED : TaskState.PENDING;
    }

    /** A service by its exact name. */
    public Optional<Service> serviceNamed(String name) {
        return Optional.ofNullable(indexes.names().map(Indexes.SERVICE).get(name))
                .flatMap(id -> find(Table.SERVICES, id));
    }

    /** A network by its exact name. */
    public Optional<Network> networkNamed(String name) {
        return Optional.ofNullable(indexes.names().map(Indexes.NETWORK).get(name))
                .flatMap(id -> find(Table.NETWORKS, id));
    }

    /** What the tasks of a node take from it. */
    public NodeLoad loadOf(String nodeId) {
        return indexes.loads().of(nodeId);
    }

    /** All nodes from the least to the most loaded, by active tasks, then id. */
    public Collection<NodeLoad> leastLoadedFirst() {
        return indexes.loads().leastLoadedFirst();
    }

    /** The networks that stand on a node. */
    public Collection<Segment> segmentsOfNode(String nodeId) {
        return indexes.segments().group(nodeId);
    }

    /** The addresses in use on a network, each with the id of the task, service or segment that has it. */
    public SortedMap<String, String> addressesOf(String networkId) {
        return indexes.addresses().map(networkId);
    }

    /**
     * The first change that does not hold here, if any: a row whose version is not the expected one.
     */
    public Optional<Change> conflict(List<Change> changes) {
        return changes.stream()
                .filter(change -> change.expected() != Change.ANY)
                .filter(change -> versionOf(change.table(), change.id()) != change.expected())
                .findFirst();
    }

    /** The state after these changes, of which none {@linkplain #conflict conflicts}; its version is one more. */
    public Snapshot apply(List<Change> changes) {
        Editor editor = new Editor(this);
        for (Change change : changes) {
            editor.apply(change, version + 1);
        }
        return editor.freeze(version + 1);
    }

    Rows<Swarm> swarmRows() {
        return swarm;
    }

    Rows<Trust> trustRows() {
        return trust;
    }

    Rows<Node> nodeRows() {
        return nodes;
    }

    Rows<Network> networkRows() {
        return networks;
    }

    Rows<Segment> segmentRows() {
        return segments;
    }

    Rows<Service> serviceRows() {
        return services;
    }

    Rows<Task> taskRows() {
        return tasks;
    }

    Rows<TaskStatus> statusRows() {
        return statuses;
    }

    Rows<Secret> secretRows() {
        return secrets;
    }

    Rows<Config> configRows() {
        return configs;
    }

    Indexes indexes() {
        return indexes;
    }

    /** The rows of entries, as a view. */
    private static final class RowView<R extends Row> extends AbstractCollection<R> {
        private final Collection<Entry<R>> entries;

        RowView(Collection<Entry<R>> entries) {
            this.entries = entries;
        }

        @Override
        public Iterator<R> iterator() {
            Iterator<Entry<R>> iterator = entries.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return iterator.hasNext();
                }

                @Override
                public R next() {
                    return iterator.next().row();
                }
            };
        }

        @Override
        public int size() {
            return entries.size();
        }
    }
}
