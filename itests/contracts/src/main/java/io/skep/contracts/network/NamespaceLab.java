package io.skep.contracts.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Network namespaces that a test makes for itself: a node, and another host wired to it. Programs run inside any
 * namespace, and all is gone when the lab closes. Needs root and iproute2.
 */
public final class NamespaceLab implements AutoCloseable {
    /** The node's address on the wire to the other host. */
    public static final String NODE_ADDRESS = "10.200.0.1";

    /** The other host's address. */
    public static final String FAR_ADDRESS = "10.200.0.2";

    private final String name;
    private final Deque<Process> programs = new ArrayDeque<>();

    /** @param name prefix of the namespaces, different for tests that run at the same time; at most 8 characters */
    public NamespaceLab(String name) {
        this.name = name;
        drop();
        sh("ip netns add " + node() + " && ip netns add " + far());
        sh("ip -n " + node() + " link set lo up && ip -n " + far() + " link set lo up");
        sh("ip link add wire netns " + node() + " type veth peer name wire netns " + far());
        sh("ip -n " + node() + " address add " + NODE_ADDRESS + "/24 dev wire && ip -n " + node()
                + " link set wire up");
        sh("ip -n " + far() + " address add " + FAR_ADDRESS + "/24 dev wire && ip -n " + far() + " link set wire up");
    }

    /** The node's namespace. */
    public String node() {
        return name + "node";
    }

    /** The other host's namespace. */
    public String far() {
        return name + "far";
    }

    /** What goes before a command line to run it in a namespace. */
    public static List<String> entry(String namespace) {
        return List.of("nsenter", "--net=/run/netns/" + namespace);
    }

    /** Runs a shell command on the test's machine; its output. Fails the test when the command fails. */
    public static String sh(String command) {
        return outcome(List.of("sh", "-c", command));
    }

    /** Runs a command in a namespace to its end; its output. */
    public String in(String namespace, String... argv) {
        List<String> line = new ArrayList<>(entry(namespace));
        line.addAll(List.of(argv));
        return outcome(line);
    }

    /** Runs the main method of a class of the test's own class path in a namespace to its end; its output. */
    public String java(String namespace, Class<?> main, String... arguments) {
        return outcome(javaLine(namespace, main, arguments));
    }

    /** Starts a class likewise, and waits until it printed its first line; the lab kills it at the end. */
    public Running start(String namespace, Class<?> main, String... arguments) {
        try {
            Process process = new ProcessBuilder(javaLine(namespace, main, arguments))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            programs.push(process);
            Running running = new Running(process, reader(process.getInputStream()));
            running.line();
            return running;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * A program that a test talks with by lines.
     *
     * @param process the process
     * @param output what it prints
     */
    public record Running(Process process, BufferedReader output) {
        /** Its next line. */
        public String line() {
            try {
                String line = output.readLine();
                if (line == null) {
                    throw new AssertionError("the program ended: " + process.info());
                }
                return line;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        /** Sends it a line. */
        public void tell(String line) {
            try {
                process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        /** Closes its input, on which it ends, and answers its last line. */
        public String finish() {
            try {
                process.getOutputStream().close();
                return line();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        while (!programs.isEmpty()) {
            programs.pop().destroyForcibly().onExit().join();
        }
        drop();
    }

    private void drop() {
        for (String namespace : List.of(node(), far())) {
            sh("[ ! -e /run/netns/" + namespace + " ] || ip netns del " + namespace);
        }
    }

    private static List<String> javaLine(String namespace, Class<?> main, String... arguments) {
        List<String> line = new ArrayList<>(entry(namespace));
        line.addAll(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        line.addAll(List.of(arguments));
        return line;
    }

    private static String outcome(List<String> line) {
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", line) + " failed: " + text);
            }
            return text.strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static BufferedReader reader(InputStream stream) {
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }
}
