package io.skep.shell.service;

import io.skep.model.ErrorCode;
import io.skep.model.LogDriver;
import io.skep.model.Node;
import io.skep.model.SkepException;
import io.skep.model.Task;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The tasks whose output could not be had, and why: said while others are shown, and a failure when none is. */
final class Gaps {
    private static final String UNKEPT =
            "its log driver none keeps no output; json-file does, see swarm:service-update";
    private final Snapshot cluster;
    private final int tasks;
    private final Map<Cause, List<String>> untold = new LinkedHashMap<>();
    private Optional<ErrorCode> first = Optional.empty();
    private int gaps;

    /** What several tasks may have in common. */
    private record Cause(String nodeId, String reason) {}

    /** Those among so many tasks that are asked for. */
    Gaps(Snapshot cluster, int tasks) {
        this.cluster = cluster;
        this.tasks = tasks;
    }

    void add(Task task, SkepException why) {
        gaps++;
        first = first.or(() -> Optional.of(why.code()));
        untold.computeIfAbsent(new Cause(task.nodeId(), String.valueOf(why.getMessage())), cause -> new ArrayList<>())
                .add(task.name());
    }

    /** Those tasks whose output is kept at all; the others are gaps. */
    List<Task> withoutUnkept(List<Task> all) {
        List<Task> kept = new ArrayList<>();
        for (Task task : all) {
            if (task.spec().logDriver().name().equals(LogDriver.NONE)) {
                add(task, new SkepException(ErrorCode.WRONG_STATE, UNKEPT));
            } else {
                kept.add(task);
            }
        }
        return kept;
    }

    /** Says what has not been said; throws it when nothing could be had of any task. */
    void tell(Consumer<String> warnings) {
        List<String> lines = new ArrayList<>();
        untold.forEach((cause, names) ->
                lines.add(String.join(", ", names) + " on " + node(cause.nodeId()) + ": " + cause.reason()));
        untold.clear();
        if (gaps == tasks && first.isPresent()) {
            throw new SkepException(first.get(), "the logs could not be retrieved: " + String.join("; ", lines));
        }
        lines.forEach(line -> warnings.accept("some logs could not be retrieved: " + line));
    }

    private String node(String nodeId) {
        return cluster.find(Table.NODES, nodeId).map(Node::displayName).orElse(nodeId);
    }
}
