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
import org.jspecify.annotations.Nullable;

/** Makes the next {@link Snapshot} from one: applies the changes of one transaction to tables and indexes. */
final class Editor {
    private final Indexes.Edit indexes;
    private final Column<Swarm> swarm;
    private final Column<Trust> trust;
    private final Column<Node> nodes;
    private final Column<Network> networks;
    private final Column<Segment> segments;
    private final Column<Service> services;
    private final Column<Task> tasks;
    private final Column<TaskStatus> statuses;
    private final Column<Secret> secrets;
    private final Column<Config> configs;

    Editor(Snapshot before) {
        indexes = new Indexes.Edit(before.indexes());
        swarm = new Column<>(before.swarmRows(), (old, row) -> {});
        trust = new Column<>(before.trustRows(), (old, row) -> {});
        nodes = new Column<>(before.nodeRows(), indexes::node);
        networks = new Column<>(before.networkRows(), indexes::network);
        segments = new Column<>(before.segmentRows(), indexes::segment);
        services = new Column<>(before.serviceRows(), indexes::service);
        tasks = new Column<>(before.taskRows(), this::taskReplaced);
        statuses = new Column<>(before.statusRows(), this::statusReplaced);
        secrets = new Column<>(before.secretRows(), (old, row) -> {});
        configs = new Column<>(before.configRows(), (old, row) -> {});
    }

    Column<Swarm> swarm() {
        return swarm;
    }

    Column<Trust> trust() {
        return trust;
    }

    Column<Node> nodes() {
        return nodes;
    }

    Column<Network> networks() {
        return networks;
    }

    Column<Segment> segments() {
        return segments;
    }

    Column<Service> services() {
        return services;
    }

    Column<Task> tasks() {
        return tasks;
    }

    Column<TaskStatus> statuses() {
        return statuses;
    }

    Column<Secret> secrets() {
        return secrets;
    }

    Column<Config> configs() {
        return configs;
    }

    void apply(Change change, long version) {
        if (change instanceof Change.Put<?> put) {
            if (holds(put.row())) {
                put(put, version);
            }
        } else if (change instanceof Change.Remove remove) {
            remove.table().column(this).remove(remove.id());
        }
    }

    Snapshot freeze(long version) {
        return new Snapshot(
                version,
                swarm.rows(),
                trust.rows(),
                nodes.rows(),
                networks.rows(),
                segments.rows(),
                services.rows(),
                tasks.rows(),
                statuses.rows(),
                secrets.rows(),
                configs.rows(),
                indexes.freeze(nodes.rows()));
    }

    /** A status without its task is late news, and one that goes back is old news: both are dropped. */
    private boolean holds(Row row) {
        if (!(row instanceof TaskStatus status)) {
            return true;
        }
        TaskStatus known = statuses.rows().row(status.taskId());
        return tasks.rows().row(status.taskId()) != null
                && (known == null || !known.state().after(status.state()));
    }

    private <R extends Row> void put(Change.Put<R> put, long version) {
        if (put.row() instanceof Task task) {
            tasks.put(shared(task), version);
        } else {
            put.table().column(this).put(put.row(), version);
        }
    }

    /** Tasks of one version share one spec in memory, however they came. */
    private Task shared(Task task) {
        Service service = services.rows().row(task.serviceId());
        if (service == null || !service.spec().taskTemplate().equals(task.spec())) {
            return task;
        }
        return task.withSpec(service.spec().taskTemplate());
    }

    private void taskReplaced(@Nullable Task old, @Nullable Task task) {
        String id = task != null ? task.id() : old != null ? old.id() : "";
        indexes.task(old, task, statuses.rows().row(id));
        if (task == null) {
            statuses.remove(id);
        }
    }

    /** The index of a deleted task went with it, so only a living task's is touched. */
    private void statusReplaced(@Nullable TaskStatus old, @Nullable TaskStatus status) {
        String id = status != null ? status.taskId() : old != null ? old.taskId() : "";
        Task task = tasks.rows().row(id);
        if (task != null) {
            indexes.status(task, old, status);
        }
    }
}
