package io.skep.cluster.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A node that runs on a host. */
final class NodeProcess {
    private static final int NODE_BELOW_ENTERING = 1;

    private final ProcessHandle node;
    private final ReadyPipe pipe;
    private final CompletableFuture<?> end;

    private NodeProcess(ProcessHandle node, ReadyPipe pipe, CompletableFuture<?> end) {
        this.node = node;
        this.pipe = pipe;
        this.end = end;
    }

    /** Starts the node of a host, with further variables of its environment. */
    static NodeProcess start(Machine machine, Path folder, Map<String, String> environment) {
        List<String> line = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> line.add(name + "=" + value));
        line.addAll(List.of("bash", folder.resolve(Keeper.NODE).toString()));
        try {
            ReadyPipe pipe = new ReadyPipe(machine.space().root().resolve("run/skep-ready"));
            Process process = new ProcessBuilder(machine.space().line(line))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            String said = out.readLine();
            if (!"started".equals(said)) {
                throw new IllegalStateException("the node does not start: " + said);
            }
            long pid = Namespaces.below(process, NODE_BELOW_ENTERING).pid();
            CompletableFuture<Boolean> end = process.onExit().thenApply(ended -> pipe.end());
            return new NodeProcess(ProcessHandle.of(pid).orElseThrow(), pipe, end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until all its features run and its commands can be asked; fails when it ends before. */
    void awaitReady() {
        try (pipe) {
            if (!pipe.await(Set.of("ready", "probe"))) {
                throw new IllegalStateException("the node ended before it was ready");
            }
        }
    }

    /** Ends it at once; its containers go on. */
    void kill() {
        node.destroyForcibly();
        end.join();
    }

    /** Asks it to end and waits. */
    void stop() {
        node.destroy();
        end.join();
    }

    /** Megabytes of memory that it holds. */
    long residentMegabytes() {
        try (var lines = Files.lines(Path.of("/proc/" + node.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How long it has kept a processor busy. */
    Duration processorTime() {
        return node.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
