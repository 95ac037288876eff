package io.skep.orchestrator;

import io.skep.model.NetworkAttachment;
import io.skep.model.PortConfig;
import io.skep.model.Segment;
import io.skep.model.Service;
import io.skep.model.Task;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Decisions as the tables show them. */
final class Printer {
    private Printer() {}

    /** A line for each change; checks are not shown. */
    static List<String> lines(World.Applied applied, Instant now) {
        return applied.changes().stream()
                .filter(change -> !(change instanceof Change.Check))
                .map(change -> "%-10s %s".formatted(applied.reconciler(), line(applied.before(), change, now)))
                .toList();
    }

    static String wake(Instant at, Instant now) {
        return "wake " + relative(at, now);
    }

    /** A line for each task, by slot. */
    static List<String> tasks(Snapshot state) {
        return state.all(Table.TASKS).stream()
                .sorted(Comparator.comparing(Printer::order))
                .map(task -> "%s %s v%d %s %s of %s%s%s"
                        .formatted(
                                task.id(),
                                task.name(),
                                task.specVersion(),
                                task.nodeId().isEmpty() ? "-" : task.nodeId(),
                                lower(state.stateOf(task)),
                                lower(task.desiredState()),
                                task.retired() ? " retired" : "",
                                task.pendingReason().isEmpty() ? "" : " \"" + task.pendingReason() + "\""))
                .toList();
    }

    private static String order(Task task) {
        return "%s %06d %s %s"
                .formatted(task.serviceName(), task.slot(), task.slot() > 0 ? "" : task.nodeId(), task.id());
    }

    private static String line(Snapshot before, Change change, Instant now) {
        if (change instanceof Change.Put<?> put) {
            if (put.row() instanceof Task task) {
                return before.find(Table.TASKS, task.id())
                        .map(old -> task.id() + " " + task.name() + ": " + difference(old, task))
                        .orElseGet(() -> "+ " + created(task, now));
            } else if (put.row() instanceof Segment segment) {
                return "+ " + segment.networkId() + " at " + segment.nodeId() + ": " + segment.address();
            } else if (put.row() instanceof Service service) {
                Service old = before.find(Table.SERVICES, service.id()).orElseThrow();
                return service.spec().name() + ": " + difference(old, service);
            }
        }
        return "- " + change.table() + " " + change.id();
    }

    private static String created(Task task, Instant now) {
        List<String> words =
                new ArrayList<>(List.of(task.id(), task.name(), "v" + task.specVersion(), lower(task.desiredState())));
        task.runAt().ifPresent(at -> words.add("at " + relative(at, now)));
        words.addAll(addresses(task));
        if (task.jobIteration() > 0) {
            words.add("iteration " + task.jobIteration());
        }
        if (!task.pendingReason().isEmpty()) {
            words.add('"' + task.pendingReason() + '"');
        }
        return String.join(" ", words);
    }

    private static List<String> addresses(Task task) {
        return task.attachments().stream().map(NetworkAttachment::address).toList();
    }

    private static String difference(Task before, Task after) {
        List<String> words = new ArrayList<>();
        if (before.desiredState() != after.desiredState()) {
            words.add(lower(after.desiredState()));
        }
        if (before.retired() != after.retired()) {
            words.add("retired");
        }
        if (!before.attachments().equals(after.attachments())) {
            words.addAll(addresses(after));
        }
        if (!before.pendingReason().equals(after.pendingReason())) {
            words.add('"' + after.pendingReason() + '"');
        }
        return String.join(", ", words);
    }

    private static String difference(Service before, Service after) {
        List<String> words = new ArrayList<>();
        if (before.specVersion() != after.specVersion()) {
            words.add("back to " + after.spec().taskTemplate().containerSpec().image() + " as v" + after.specVersion());
        }
        if (!before.ports().equals(after.ports())) {
            words.add("ports " + after.ports().stream().map(Printer::port).collect(Collectors.joining(" ")));
        }
        if (!before.virtualIps().equals(after.virtualIps())) {
            words.add("ips "
                    + after.virtualIps().stream()
                            .map(ip -> ip.networkId() + "=" + ip.addr())
                            .collect(Collectors.joining(" ")));
        }
        if (!before.updateStatus().equals(after.updateStatus())) {
            after.updateStatus()
                    .ifPresent(status -> words.add(lower(status.state()) + " \"" + status.message() + "\""));
        }
        return String.join(", ", words);
    }

    private static String port(PortConfig port) {
        return port.publishedPort() + ":" + port.targetPort() + "/" + lower(port.protocol());
    }

    private static String relative(Instant at, Instant now) {
        Duration difference = Duration.between(now, at);
        String text = difference.toString().substring(2).toLowerCase(Locale.ROOT);
        return difference.isNegative() ? text : "+" + text;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
