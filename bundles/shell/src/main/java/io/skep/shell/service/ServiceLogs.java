package io.skep.shell.service;

import io.skep.api.control.TaskLogs;
import io.skep.api.runtime.LogLine;
import io.skep.api.runtime.LogQuery;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.Task;
import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.shell.SwarmCommand;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what the tasks of a service, or one task, have printed. */
@Command(name = "service-logs", description = "Print the logs of a service's tasks, or of one task")
public final class ServiceLogs extends SwarmCommand {
    private static final int BUFFER = 1000;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what comes, until interrupted")
    private boolean follow;

    @Option(
            names = {"-t", "--timestamps"},
            description = "Show when each line was printed")
    private boolean timestamps;

    @Option(
            names = {"-n", "--tail"},
            paramLabel = "NUMBER|all",
            description = "Only so many of the last lines of each task; all when not given")
    private String tail = "all";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only lines since then: a time such as 2026-01-02T13:00:00Z, or a span such as 10m")
    private String since = "";

    @Option(names = "--raw", description = "Only the lines, without the task that printed them")
    private boolean raw;

    @Parameters(paramLabel = "SERVICE|TASK", description = "Id or name of a service, or of a task")
    private String reference;

    /** A line and who printed it; the end of a reader has none, and a failure when there is more that could not be had. */
    private record Printed(Task task, Optional<LogLine> line, Optional<SkepException> failure) {
        Printed(Task task, Optional<LogLine> line) {
            this(task, line, Optional.empty());
        }
    }

    @Override
    protected void run() throws InterruptedException {
        Snapshot cluster = cluster();
        List<Task> tasks = tasks(cluster);
        LogQuery query = new LogQuery(last(), start(), follow);
        Gaps gaps = new Gaps(cluster, tasks.size());
        List<Task> kept = gaps.withoutUnkept(tasks);
        gaps.tell(warnings());
        call(TaskLogs.class, logs -> follow ? followed(logs, kept, query, gaps) : read(logs, kept, query, gaps));
    }

    /** Everything that is there, by time over all tasks. */
    private boolean read(TaskLogs logs, List<Task> tasks, LogQuery query, Gaps gaps) throws InterruptedException {
        List<Printed> lines = new ArrayList<>();
        for (Task task : tasks) {
            try {
                logs.logs(task, query, line -> lines.add(new Printed(task, Optional.of(line))));
            } catch (SkepException e) {
                gaps.add(task, e);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        lines.sort(
                Comparator.comparing(printed -> printed.line().map(LogLine::at).orElse(Instant.MIN)));
        lines.forEach(this::print);
        gaps.tell(warnings());
        return true;
    }

    /** A reader for each task; the command's thread prints, and ends them when it is interrupted. */
    private boolean followed(TaskLogs logs, List<Task> tasks, LogQuery query, Gaps gaps) throws InterruptedException {
        BlockingQueue<Printed> lines = new LinkedBlockingQueue<>(BUFFER);
        List<Thread> readers =
                tasks.stream().map(task -> reader(logs, task, query, lines)).toList();
        readers.forEach(Thread::start);
        try {
            int open = readers.size();
            while (open > 0) {
                Printed printed = lines.take();
                open -= printed.line().isPresent() ? 0 : 1;
                printed.failure().ifPresent(why -> {
                    gaps.add(printed.task(), why);
                    gaps.tell(warnings());
                });
                print(printed);
            }
            return true;
        } finally {
            readers.forEach(Thread::interrupt);
        }
    }

    private static Thread reader(TaskLogs logs, Task task, LogQuery query, BlockingQueue<Printed> lines) {
        Thread thread = new Thread(
                () -> offer(lines, new Printed(task, Optional.empty(), follow(logs, task, query, lines))),
                "skep-logs-" + task.name());
        thread.setDaemon(true);
        return thread;
    }

    /** Reads until the task ends, or until what is asked cannot answer: then nobody must wait for its end. */
    private static Optional<SkepException> follow(
            TaskLogs logs, Task task, LogQuery query, BlockingQueue<Printed> lines) {
        try {
            logs.logs(task, query, line -> offer(lines, new Printed(task, Optional.of(line))));
            return Optional.empty();
        } catch (SkepException gone) {
            return Optional.of(gone);
        }
    }

    private static boolean offer(BlockingQueue<Printed> lines, Printed printed) {
        try {
            lines.put(printed);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void print(Printed printed) {
        printed.line().ifPresent(line -> {
            String time = timestamps ? line.at() + " " : "";
            out().println(time + (raw ? "" : printed.task().name() + "    | ") + line.text());
            flush();
        });
    }

    private List<Task> tasks(Snapshot cluster) {
        Optional<Task> single = cluster.find(Table.TASKS, reference);
        if (single.isPresent()) {
            return List.of(single.get());
        }
        try {
            return TaskTable.sorted(List.copyOf(
                    cluster.tasksOfService(Lookup.service(cluster, reference).id())));
        } catch (SkepException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
            return List.of(task(cluster, e));
        }
    }

    private Task task(Snapshot cluster, SkepException noService) {
        try {
            return Lookup.task(cluster, reference);
        } catch (SkepException noTask) {
            throw noService;
        }
    }

    private OptionalInt last() {
        if (!tail.equals("all") && !tail.matches("\\d{1,9}")) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT, "--tail is " + tail + "; give a number of lines, or all");
        }
        return tail.equals("all") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(tail));
    }

    private Optional<Instant> start() {
        if (since.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(since));
        } catch (DateTimeParseException e) {
            return Optional.of(Instant.now().minus(Sizes.duration(since)));
        }
    }
}
