package io.skep.model.table;

import io.skep.model.Config;
import io.skep.model.Network;
import io.skep.model.Node;
import io.skep.model.Secret;
import io.skep.model.Segment;
import io.skep.model.Service;
import io.skep.model.Swarm;
import io.skep.model.Task;
import io.skep.model.TaskStatus;
import io.skep.model.Trust;
import java.util.List;
import java.util.function.Function;

/** The name and type of a table of the cluster. The instances are the constants below; there are no others. */
public final class Table<R extends Row> {
    /** The swarm's own row; one, under the swarm's id. */
    public static final Table<Swarm> SWARM = new Table<>("swarm", Swarm.class, Snapshot::swarmRows, Editor::swarm);

    /** What makes the nodes believe one another; one row, under the swarm's id. */
    public static final Table<Trust> TRUST = new Table<>("trust", Trust.class, Snapshot::trustRows, Editor::trust);

    /** The hosts. */
    public static final Table<Node> NODES = new Table<>("node", Node.class, Snapshot::nodeRows, Editor::nodes);

    /** The networks. */
    public static final Table<Network> NETWORKS =
            new Table<>("network", Network.class, Snapshot::networkRows, Editor::networks);

    /** The networks as they stand on nodes. */
    public static final Table<Segment> SEGMENTS =
            new Table<>("segment", Segment.class, Snapshot::segmentRows, Editor::segments);

    /** The services. */
    public static final Table<Service> SERVICES =
            new Table<>("service", Service.class, Snapshot::serviceRows, Editor::services);

    /** What the swarm wants of each task. */
    public static final Table<Task> TASKS = new Table<>("task", Task.class, Snapshot::taskRows, Editor::tasks);

    /** What nodes observed of their tasks; a row goes with its task. */
    public static final Table<TaskStatus> STATUSES =
            new Table<>("status", TaskStatus.class, Snapshot::statusRows, Editor::statuses);

    /** What only the tasks that name it may read. */
    public static final Table<Secret> SECRETS =
            new Table<>("secret", Secret.class, Snapshot::secretRows, Editor::secrets);

    /** What tasks read. */
    public static final Table<Config> CONFIGS =
            new Table<>("config", Config.class, Snapshot::configRows, Editor::configs);

    private final String name;
    private final Class<R> type;
    private final Function<Snapshot, Rows<R>> rows;
    private final Function<Editor, Column<R>> column;

    private Table(String name, Class<R> type, Function<Snapshot, Rows<R>> rows, Function<Editor, Column<R>> column) {
        this.name = name;
        this.type = type;
        this.rows = rows;
        this.column = column;
    }

    /** All tables, in the order in which a snapshot is written. */
    public static List<Table<?>> all() {
        return List.of(SWARM, TRUST, NODES, NETWORKS, SEGMENTS, SERVICES, TASKS, STATUSES, SECRETS, CONFIGS);
    }

    /**
     * The table of this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Table<?> named(String name) {
        return all().stream()
                .filter(table -> table.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no table " + name));
    }

    /** The name in the log and in messages: the singular of what it holds. */
    public String name() {
        return name;
    }

    /** The type of its rows. */
    public Class<R> type() {
        return type;
    }

    Rows<R> rows(Snapshot snapshot) {
        return rows.apply(snapshot);
    }

    Column<R> column(Editor editor) {
        return column.apply(editor);
    }

    @Override
    public String toString() {
        return name;
    }
}
