package io.skep.cluster.crowd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.agent.AgentPart;
import io.skep.api.identity.LocalNode;
import io.skep.contracts.network.SimulatedNetworkDriver;
import io.skep.identity.JoinedNode;
import io.skep.kernel.KernelPart;
import io.skep.transport.TlsIntroduction;
import io.skep.transport.TlsTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process of a crowd: so many agents with a real kernel, identity and transport each, and with a runtime and a network that do nothing. They
 * do not gossip. {@code Crowd NUMBER TOKEN MANAGER ADDRESS DIRECTORY} says {@code joined} once all have joined; from then on a number on its
 * input is answered with the same number as soon as so many containers run. It ends with its input.
 */
public final class Crowd {
    private static final Logger LOG = LoggerFactory.getLogger(Crowd.class);
    private static final int FIRST_PORT = 20_000;
    private static final int JOIN_AT_ONCE = 4;

    private final Census census = new Census();
    private final TlsIntroduction introduction = new TlsIntroduction();
    private final String token;
    private final String manager;
    private final String address;
    private final Path directory;

    private Crowd(String token, String manager, String address, Path directory) {
        this.token = token;
        this.manager = manager;
        this.address = address;
        this.directory = directory;
    }

    /** See above. */
    public static void main(String[] words) throws Exception {
        Crowd crowd = new Crowd(words[1], words[2], words[3], Path.of(words[4]));
        crowd.join(Integer.parseInt(words[0]));
        System.out.println("joined");
        crowd.answer();
        // its agents' threads would go on
        Runtime.getRuntime().halt(0);
    }

    private void join(int number) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(number);
        ExecutorService joining = Executors.newFixedThreadPool(JOIN_AT_ONCE);
        for (int i = 0; i < number; i++) {
            int one = i;
            joining.execute(() -> {
                try {
                    join(new KernelPart(), one);
                    left.countDown();
                } catch (RuntimeException e) {
                    LOG.error("agent {} cannot join", one, e);
                }
            });
        }
        left.await();
        joining.shutdown();
    }

    private void join(KernelPart kernel, int one) {
        LocalNode node = JoinedNode.join(
                introduction, kernel.entropy(), token, manager, directory.resolve("" + one), address, FIRST_PORT + one);
        AgentPart agent = AgentPart.start(node, new TlsTransport(node), kernel, new AgentPart.Endpoints(kernel));
        agent.bind(new SimulatedNetworkDriver(new SimulatedNetworkDriver.Node()));
        agent.bind(new NotedRuntime(census));
    }

    private void answer() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            census.await(Integer.parseInt(line));
            System.out.println(line);
        }
    }
}
