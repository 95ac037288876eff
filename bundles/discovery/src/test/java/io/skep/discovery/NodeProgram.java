package io.skep.discovery;

import io.skep.api.network.NetworkDriver;
import io.skep.api.network.SandboxConfig;
import io.skep.api.network.SandboxConfig.Attachment;
import io.skep.kernel.EffectPool;
import io.skep.kernel.LoopThread;
import io.skep.model.Endpoint;
import io.skep.network.linux.LinuxNetworkDriver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A node with the real driver, kernel and discovery, whose gossip is a line of input: run by a test in a namespace. */
final class NodeProgram {
    private final ScriptedGossip gossip = new ScriptedGossip();
    private final NetworkDriver driver;
    private final EndpointMemory memory;
    private final List<Endpoint> endpoints = new ArrayList<>();

    private NodeProgram(String instance, Path directory) {
        LoopThread loop = new LoopThread();
        EffectPool effects = new EffectPool();
        driver = new LinuxNetworkDriver(new DriverSettings(instance), loop, effects);
        memory = new EndpointMemory(directory.resolve("endpoints.cbor"));
        NameServer names = new NameServer(NetworkDriver.NAME_SERVER_PORT, directory.resolve("resolv.conf"), memory);
        EndpointFeed feed = new EndpointFeed(gossip, driver, loop, effects, memory, names);
        Runtime.getRuntime().addShutdownHook(new Thread(feed::stop));
    }

    /**
     * Arguments: instance and directory. A line of input is {@code detach}, {@code service NAME NET ADDRESS}, or an endpoint as in
     * {@link Bench} without "tells".
     */
    public static void main(String[] arguments) throws IOException {
        NodeProgram node = new NodeProgram(arguments[0], Path.of(arguments[1]));
        System.out.println("up");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            node.run(line);
            System.out.println("done");
        }
        System.exit(0);
    }

    private void run(String line) {
        if (line.equals("detach")) {
            driver.detach(Set.copyOf(driver.sandboxes()));
            return;
        }
        if (line.startsWith("service ")) {
            String[] words = line.split(" ", -1);
            memory.state(List.of(Bench.service(words[1], words[2], words[3])));
            return;
        }
        Endpoint endpoint = Bench.endpoint(("tells " + line).split(" ", -1));
        List<Attachment> attachments = endpoint.attachments().stream()
                .map(a -> new Attachment(
                        a.networkId(), a.networkId(), a.subnet(), a.subnet().replace("0/24", "1"), a.address(), false))
                .toList();
        driver.attach(List.of(new SandboxConfig(endpoint.taskId(), attachments)));
        endpoints.add(endpoint);
        gossip.tells("n1", endpoints.toArray(Endpoint[]::new));
    }

    /** The driver's configuration. */
    private record DriverSettings(String instance) implements io.skep.network.linux.Settings {
        @Override
        public int nameServerPort() {
            return NetworkDriver.NAME_SERVER_PORT;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return io.skep.network.linux.Settings.class;
        }
    }
}
