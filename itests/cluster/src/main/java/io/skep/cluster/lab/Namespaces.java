package io.skep.cluster.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The namespaces of a process: what a program sees that runs in them. */
final class Namespaces {
    private final long pid;

    /** @param pid of a process that lives as long as they do, as the test's JVM numbers it */
    Namespaces(long pid) {
        this.pid = pid;
    }

    /** Those of the last process in a chain of which each is the only child of the one before. */
    static Namespaces below(Process process, int generations) {
        ProcessHandle handle = process.toHandle();
        for (int i = 0; i < generations; i++) {
            ProcessHandle parent = handle;
            handle = parent.children()
                    .min(Comparator.naturalOrder())
                    .orElseThrow(() -> new IllegalStateException("no process below " + parent.pid()));
        }
        return new Namespaces(handle.pid());
    }

    long pid() {
        return pid;
    }

    /** The root directory in them, as the test sees it. */
    Path root() {
        return Path.of("/proc/" + pid + "/root");
    }

    /** The file that names the network. */
    String network() {
        return "/proc/" + pid + "/ns/net";
    }

    /** The command line that runs a program in them. */
    List<String> line(List<String> program) {
        List<String> line =
                new ArrayList<>(List.of("nsenter", "--target", Long.toString(pid), "--all", "--wd=/", "--"));
        line.addAll(program);
        return line;
    }

    /** Runs a program in them; its output. Fails when it fails. */
    String must(String... program) {
        return Programs.must(line(List.of(program)));
    }

    /** Runs a program in them, with a text for its input; its output. Fails when it fails. */
    String must(List<String> program, String input) {
        return Programs.must(line(program), input);
    }

    /** Runs a program in them, however it ends. */
    Output run(List<String> program) {
        return Programs.run(line(program), "");
    }
}
