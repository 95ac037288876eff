package io.skep.shell.swarm;

import io.skep.api.store.Applied;
import io.skep.model.Network;
import io.skep.model.Node;
import io.skep.model.Service;
import io.skep.model.Task;
import io.skep.model.TaskStatus;
import io.skep.model.codec.Codec;
import io.skep.model.table.Change;
import io.skep.model.table.Row;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.shell.Following;
import io.skep.shell.SwarmCommand;
import io.skep.shell.Texts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what happens in the cluster as it happens. */
@Command(name = "event-watch", description = "Print what happens in the swarm until interrupted")
public final class EventWatch extends SwarmCommand {
    @Option(names = "--json", description = "Print one JSON object an event")
    private boolean json;

    @Option(names = "--count", paramLabel = "NUMBER", description = "End after so many events; 0 is never")
    private int count;

    private int printed;
    private Snapshot seen = Snapshot.empty();

    @Override
    protected void run() throws InterruptedException {
        new Following(parts()).events(events -> {
            while (count == 0 || printed < count) {
                Applied applied = events.take();
                applied.changes().forEach(change -> show(change, applied.snapshot()));
                seen = applied.snapshot();
            }
            return printed;
        });
    }

    private void show(Change change, Snapshot cluster) {
        boolean counts = happens(change) && (count == 0 || printed < count);
        if (counts) {
            printed++;
            boolean known = seen.versionOf(change.table(), change.id()) != Change.ABSENT;
            String action = change instanceof Change.Remove ? "remove" : known ? "update" : "create";
            print(change, action, change instanceof Change.Put<?> put ? describe(put.row(), cluster) : "");
        }
    }

    /** A row that is only checked, or written as it was, is no event. */
    private boolean happens(Change change) {
        return change instanceof Change.Put<?> put
                ? !seen.find(put.table(), put.id()).equals(Optional.of(put.row()))
                : change instanceof Change.Remove;
    }

    private void print(Change change, String action, String detail) {
        if (json) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("Type", change.table().name());
            event.put("Action", action);
            event.put("ID", change.id());
            event.put("Detail", detail);
            event.put("Time", Instant.now().toString());
            out().println(Codec.toJson(event).replaceAll("\\s*\\n\\s*", " "));
        } else {
            out().println(Instant.now() + " " + change.table().name() + " " + action + " " + Texts.id(change.id())
                    + (detail.isEmpty() ? "" : " (" + detail + ")"));
        }
        flush();
    }

    private static String describe(Row row, Snapshot cluster) {
        if (row instanceof Service service) {
            return "name=" + service.spec().name();
        }
        if (row instanceof Network network) {
            return "name=" + network.spec().name();
        }
        if (row instanceof Node node) {
            return "name=" + node.displayName() + ", state="
                    + Texts.lower(node.status().state());
        }
        if (row instanceof Task task) {
            return "name=" + task.name() + ", desired=" + Texts.lower(task.desiredState());
        }
        return row instanceof TaskStatus status ? describe(status, cluster) : "";
    }

    private static String describe(TaskStatus status, Snapshot cluster) {
        String name = cluster.find(Table.TASKS, status.taskId()).map(Task::name).orElse("");
        return "name=" + name + ", state=" + Texts.lower(status.state())
                + (status.err().isEmpty() ? "" : ", error=" + status.err());
    }
}
