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
import io.skep.shell.Filters;
import io.skep.shell.Following;
import io.skep.shell.SwarmCommand;
import io.skep.shell.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what happens in the cluster as it happens. */
@Command(name = "event-watch", description = "Print what happens in the swarm until interrupted")
public final class EventWatch extends SwarmCommand {
    private static final Map<String, BiPredicate<Event, String>> KEYS = Map.of(
            "type", (event, value) -> event.type().equals(value),
            "event", (event, value) -> event.action().equals(value));

    @Option(names = "--json", description = "Print one JSON object an event")
    private boolean json;

    @Option(names = "--count", paramLabel = "NUMBER", description = "End after so many events; 0 is never")
    private int count;

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "type=|event=",
            description = "Print only what matches, such as type=service or event=create (repeatable)")
    private List<String> filters = new ArrayList<>();

    private int printed;
    private Snapshot seen = Snapshot.empty();

    @Override
    protected void run() throws InterruptedException {
        Predicate<Event> asked = Filters.of(KEYS, filters);
        new Following(parts()).events(events -> {
            while (count == 0 || printed < count) {
                Applied applied = events.take();
                applied.changes().forEach(change -> show(change, applied.snapshot(), asked));
                seen = applied.snapshot();
            }
            return printed;
        });
    }

    private void show(Change change, Snapshot cluster, Predicate<Event> asked) {
        if (happens(change) && (count == 0 || printed < count)) {
            boolean known = seen.versionOf(change.table(), change.id()) != Change.ABSENT;
            Event event = new Event(
                    change.table().name(),
                    change instanceof Change.Remove ? "remove" : known ? "update" : "create",
                    change.id(),
                    change instanceof Change.Put<?> put ? describe(put.row(), cluster) : "");
            if (asked.test(event)) {
                printed++;
                print(event);
            }
        }
    }

    /** A row that is only checked, or written as it was, is no event. */
    private boolean happens(Change change) {
        return change instanceof Change.Put<?> put
                ? !seen.find(put.table(), put.id()).equals(Optional.of(put.row()))
                : change instanceof Change.Remove;
    }

    private void print(Event event) {
        Instant now = Instant.now();
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("Type", event.type());
            object.put("Action", event.action());
            object.put("ID", event.id());
            object.put("Detail", event.detail());
            object.put("Time", now.toString());
            out().println(Codec.toJson(object).replaceAll("\\s*\\n\\s*", " "));
        } else {
            out().println(now + " " + event.type() + " " + event.action() + " " + Texts.id(event.id())
                    + (event.detail().isEmpty() ? "" : " (" + event.detail() + ")"));
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

    /**
     * What happened to an object.
     *
     * @param type its table
     * @param action create, update or remove
     * @param id which it is
     * @param detail how it is now
     */
    private record Event(String type, String action, String id, String detail) {}
}
