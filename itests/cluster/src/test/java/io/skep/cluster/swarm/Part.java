package io.skep.cluster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.Output;
import java.util.Optional;

/** The parts of a node that can be swapped, and the commands that cannot do without them. */
enum Part {
    RUNTIME("runtime-oci", "swarm:image-ls", "swarm:image-ls"),
    SCHEDULER("scheduler", "swarm:strategy-ls", ""),
    PARSER("stack-compose", "swarm:stack-config -c " + WebStack.FILE, "swarm:stack-config -c " + WebStack.FILE),
    /** What gossip tells is only frozen while it is away. */
    GOSSIP("gossip-atomix", "", ""),
    CONSENSUS("consensus-atomix", "swarm:service-ls", "");

    private final String bundle;
    private final String managers;
    private final String workers;

    Part(String artifact, String managers, String workers) {
        bundle = "io.skep." + artifact;
        this.managers = managers;
        this.workers = workers;
    }

    void stop(Host host) {
        host.skep("bundle:stop", bundle).text();
    }

    /** Gives its bundle a new class loader, from the same file, and starts it. */
    void updateAndStart(Host host) {
        host.skep("bundle:update", bundle).text();
        host.skep("bundle:start", bundle).text();
    }

    /** A command that needs it, on a manager or on a worker; empty when there is none. */
    Optional<String> needing(boolean manager) {
        return Optional.of(manager ? managers : workers).filter(command -> !command.isEmpty());
    }

    /** Who asks for it while it is away is told its name, and gets help all the same. */
    void assertMissing(Host host, String command) {
        Output output = host.skep(command);
        assertThat(output.succeeded()).as(command).isFalse();
        assertThat(output.err()).startsWith("UNAVAILABLE: ").contains(bundle);
        host.skep(command.split(" ", 2)[0] + " --help").text();
    }
}
