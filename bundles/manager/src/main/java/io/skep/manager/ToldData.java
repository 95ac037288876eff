package io.skep.manager;

import io.skep.api.dispatch.Assignment;
import io.skep.api.dispatch.TaskData;
import io.skep.model.Config;
import io.skep.model.ConfigReference;
import io.skep.model.ContainerSpec;
import io.skep.model.Secret;
import io.skep.model.SecretReference;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which secrets and configs an agent holds: those that its tasks read, and no other. On the loop. */
final class ToldData {
    private final Map<String, Integer> readers = new HashMap<>();
    private final Set<String> told = new TreeSet<>();

    /** The agent holds nothing, and runs nothing. */
    void clear() {
        readers.clear();
        told.clear();
    }

    /** What the agent was told of a task changes. */
    void replaced(@Nullable Assignment before, @Nullable Assignment after) {
        read(before).forEach(id -> readers.merge(id, -1, (now, less) -> now + less == 0 ? null : now + less));
        read(after).forEach(id -> readers.merge(id, 1, Integer::sum));
    }

    /** A task that is to stop needs nothing any more; one may read a secret twice. */
    private static Set<String> read(@Nullable Assignment assignment) {
        if (assignment == null || assignment.task().desiredState().after(TaskState.COMPLETE)) {
            return Set.of();
        }
        Task task = assignment.task();
        ContainerSpec container = task.spec().containerSpec();
        return Stream.concat(
                        container.secrets().stream().map(SecretReference::secretId),
                        container.configs().stream().map(ConfigReference::configId))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What it needs and does not hold yet; from now on it does. */
    List<TaskData> missing(Snapshot cluster) {
        List<TaskData> missing = new ArrayList<>();
        for (String id : new TreeSet<>(readers.keySet())) {
            if (!told.contains(id)) {
                find(cluster, id).ifPresent(data -> {
                    told.add(id);
                    missing.add(data);
                });
            }
        }
        return missing;
    }

    /** What it holds and does not need any more; from now on it does not. */
    List<String> obsolete() {
        List<String> obsolete =
                told.stream().filter(id -> !readers.containsKey(id)).toList();
        told.removeAll(Set.copyOf(obsolete));
        return obsolete;
    }

    private static Optional<TaskData> find(Snapshot cluster, String id) {
        return cluster.find(Table.SECRETS, id)
                .map(Secret::data)
                .or(() -> cluster.find(Table.CONFIGS, id).map(Config::data))
                .map(data -> new TaskData(id, data));
    }
}
